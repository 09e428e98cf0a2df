import { createHash } from "node:crypto";
import { decryptPollVote, proto } from "../library.ts";
import { pollOf } from "./details.ts";
import { unwrap } from "./wrappers.ts";

/** A vote as it came. */
export interface SealedVote {
  readonly payload: Uint8Array;
  readonly iv: Uint8Array;
}

/** Who took part, under each name they are known by: which of them a vote is sealed with is not said. */
export interface Ballot {
  readonly pollId: string;
  readonly creators: readonly string[];
  readonly voters: readonly string[];
}

/**
 * The answers that were chosen; nothing when the vote is not one of this poll and voter. Pure.
 * @param poll the encoded `Message` that asks
 */
export function openVote(
  { payload: encPayload, iv: encIv }: SealedVote,
  poll: Uint8Array,
  { pollId: pollMsgId, creators, voters }: Ballot,
): readonly string[] | undefined {
  const { inner } = unwrap(proto.Message.decode(poll));
  const pollEncKey = inner.messageContextInfo?.messageSecret;
  const asked = pollOf(inner);
  if (!pollEncKey || !asked) return undefined;
  for (const pollCreatorJid of creators) {
    for (const voterJid of voters) {
      const names = { pollCreatorJid, pollMsgId, pollEncKey, voterJid };
      const chosen = attempt(() => decryptPollVote({ encPayload, encIv }, names));
      if (chosen) return named(chosen.selectedOptions, asked.options);
    }
  }
  return undefined;
}

/** Answers travel as the SHA-256 of their text. */
function named(chosen: readonly Uint8Array[], options: readonly string[]): readonly string[] {
  const hashes = new Set(chosen.map((hash) => Buffer.from(hash).toString("hex")));
  return options.filter((option) => hashes.has(createHash("sha256").update(option).digest("hex")));
}

function attempt<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
