import { createHash } from "node:crypto";
import type { Attendance } from "../../../domain/content.ts";
import type { Change } from "../../engine.ts";
import { decryptEventResponse, decryptPollVote, proto } from "../library.ts";
import { pollOf } from "./details.ts";
import { count } from "./numbers.ts";
import { unwrap } from "./wrappers.ts";

/** What answers a poll or an appointment, as it came. */
export interface SealedAnswer {
  readonly kind: "VOTE" | "RESPONSE";
  readonly key: proto.IMessageKey;
  readonly encPayload: Uint8Array;
  readonly encIv: Uint8Array;
}

/** Who took part, under each name they are known by: which of them an answer is sealed with is not said. */
export interface Names {
  /** Of the message that asks. */
  readonly id: string;
  readonly authors: readonly string[];
  readonly senders: readonly string[];
}

type Answer = Extract<Change, { readonly kind: SealedAnswer["kind"] }>;

/** What is sealed in a message; nothing where that answers nothing. Pure. */
export function sealedIn(message: proto.IMessage): SealedAnswer | undefined {
  const { pollUpdateMessage: vote, encEventResponseMessage: response } = message;
  return (
    complete("VOTE", vote?.pollCreationMessageKey, vote?.vote) ??
    complete("RESPONSE", response?.eventCreationMessageKey, response)
  );
}

function complete(
  kind: SealedAnswer["kind"],
  key: proto.IMessageKey | null | undefined,
  sealed: proto.Message.IPollEncValue | null | undefined,
): SealedAnswer | undefined {
  const { encPayload, encIv } = sealed ?? {};
  return key?.id && encPayload && encIv ? { kind, key, encPayload, encIv } : undefined;
}

/**
 * What was answered: null in it when that is not to this message, or by somebody else. Pure.
 * @param asked the encoded `Message` that asks, where it is known
 */
export function openAnswer(
  sealed: SealedAnswer,
  asked: Uint8Array | undefined,
  names: Names,
): Answer {
  const { inner } = asked ? unwrap(proto.Message.decode(asked)) : { inner: {} };
  return sealed.kind === "VOTE"
    ? { kind: "VOTE", options: openVote(sealed, inner, names) ?? null }
    : { kind: "RESPONSE", ...openResponse(sealed, inner, names) };
}

function openVote(
  sealed: SealedAnswer,
  inner: proto.IMessage,
  names: Names,
): readonly string[] | undefined {
  const pollEncKey = inner.messageContextInfo?.messageSecret;
  const poll = pollOf(inner);
  if (!pollEncKey || !poll) return undefined;
  const chosen = tried(names, (pollCreatorJid, voterJid) =>
    decryptPollVote(sealed, { pollCreatorJid, pollMsgId: names.id, pollEncKey, voterJid }),
  );
  return chosen && named(chosen.selectedOptions, poll.options);
}

const { EventResponseType } = proto.Message.EventResponseMessage;

const ATTENDANCE: ReadonlyMap<unknown, Attendance> = new Map([
  [EventResponseType.GOING, "GOING"],
  [EventResponseType.NOT_GOING, "NOT_GOING"],
  [EventResponseType.MAYBE, "MAYBE"],
]);

/** More than anybody brings along: what a stranger claims must not break a list. */
const MAX_GUESTS = 1_000;

function openResponse(sealed: SealedAnswer, inner: proto.IMessage, names: Names) {
  const eventEncKey = inner.messageContextInfo?.messageSecret;
  const said =
    eventEncKey && inner.eventMessage
      ? tried(names, (eventCreatorJid, responderJid) =>
          decryptEventResponse(sealed, {
            eventCreatorJid,
            eventMsgId: names.id,
            eventEncKey,
            responderJid,
          }),
        )
      : undefined;
  const attendance = ATTENDANCE.get(said?.response) ?? null;
  const extraGuests = Math.min(count(said?.extraGuestCount) ?? 0, MAX_GUESTS);
  return { attendance, extraGuests };
}

function tried<T>(
  { authors, senders }: Names,
  open: (author: string, sender: string) => T,
): T | undefined {
  for (const author of authors) {
    for (const sender of senders) {
      try {
        return open(author, sender);
      } catch {
        // Sealed with other names.
      }
    }
  }
  return undefined;
}

/** Answers travel as the SHA-256 of their text. */
function named(chosen: readonly Uint8Array[], options: readonly string[]): readonly string[] {
  const hashes = new Set(chosen.map((hash) => Buffer.from(hash).toString("hex")));
  return options.filter((option) => hashes.has(createHash("sha256").update(option).digest("hex")));
}
