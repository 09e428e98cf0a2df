import { asError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import type { OpenOptions } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { presenceOf } from "./presence-stanza.ts";
import { thinOut } from "./presence-thinning.ts";

export interface PresenceReader {
  /** To be called with every `presence` and `chatstate`. */
  readonly read: (node: BinaryNode) => void;
  readonly stop: () => void;
}

/**
 * Reports who is online and who types. WhatsApp tells it once and keeps nothing of it, so unlike messages it is
 * not told again after a crash.
 */
export function createPresenceReader(
  book: AddressBook,
  report: OpenOptions["report"],
  log: Log,
  gapMs: number,
): PresenceReader {
  const failed = (error: unknown): void => {
    log.warn("a presence was not reported", { error: asError(error).message });
  };
  const thinning = thinOut((event) => {
    const news = { event, at: new Date(), whileOffline: false, stanza: null } as const;
    Promise.resolve(report({ kind: "news", ...news })).catch(failed);
  }, gapMs);
  // In the order in which it came, also where one name is looked up longer than the next.
  let turn = Promise.resolve();
  let isOver = false;
  return {
    read(node) {
      turn = turn
        .then(async () => {
          const news = await presenceOf(node, book);
          if (news && !isOver) thinning.hear(news);
        })
        .catch(failed);
    },
    stop() {
      isOver = true;
      thinning.stop();
    },
  };
}
