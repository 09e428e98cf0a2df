import { createHash } from "node:crypto";
import { asError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import type { Fact, OpenOptions } from "../../engine.ts";
import type { InboxEntry, SessionState } from "../../session-state.ts";
import type { HistoryNotice } from "../../history.ts";
import type { AddressBook } from "../address-book.ts";
import { type SharedKeys, sharedKeysIn } from "../app-state/key-share.ts";
import { proto, unpadRandomMax16 } from "../library.ts";
import { envelopeOf, type Self } from "../translate/envelope.ts";
import type { Attributes } from "../translate/names.ts";
import { addressChange } from "../translate/change.ts";
import { addressLetter, openAny, openOrKeep } from "../translate/message.ts";
import type { Encrypted } from "./stanzas.ts";

export interface Inbox {
  /** What this ciphertext was decrypted to before, if it was. */
  find(encrypted: Encrypted, ciphertext: Uint8Array): Promise<InboxEntry | undefined>;
  /** The row to store together with the ratchet. */
  entry(encrypted: Encrypted, ciphertext: Uint8Array, plaintext: Uint8Array): InboxEntry;
  /** Reports the message of a stored row, or closes the row when there is none in it. Never rejects. */
  deliver(entry: InboxEntry, stanza: Attributes): Promise<void>;
  /** Delivers what a crash has left. */
  recover(): Promise<void>;
  /** Resolves when the rows that need no event are marked. */
  settle(): Promise<void>;
}

export interface InboxOptions {
  readonly state: Pick<SessionState, "openInbox" | "closeInbox">;
  readonly find: SessionState["findInbox"];
  readonly book: AddressBook;
  readonly self: () => Self | undefined;
  readonly report: (
    fact: Extract<Fact, { readonly kind: "message" | "change" | "history" }>,
  ) => void;
  /** What a part of the phone's history is that came in this message. */
  readonly historyIn: (message: proto.IMessage, inbox: string) => HistoryNotice | undefined;
  readonly storedMessage: OpenOptions["storedMessage"];
  /** The account's own phone hands over keys to app state: stored when it resolves. */
  readonly keepKeys: (shared: SharedKeys) => Promise<void>;
  readonly log: Log;
}

/**
 * Between decryption and event. WhatsApp forgets a message when it has our receipt, and a ratchet
 * decrypts only once, so the plaintext is stored with the ratchet and before the receipt; what the
 * log has not taken when the process dies is found here at the next start.
 */
export function createInbox(options: InboxOptions): Inbox {
  const { state, find, book, self, report, storedMessage, keepKeys, log } = options;
  let closing = Promise.resolve();
  let empty: string[] = [];

  /** Rows without an event are marked together: a group's first message brings two at once. */
  function close(hash: string): void {
    empty.push(hash);
    if (empty.length > 1) return;
    closing = closing.then(async () => {
      const hashes = empty;
      empty = [];
      // A row that stays open costs one more look at the next start.
      await state.closeInbox(hashes).catch((error: unknown) => {
        log.debug("could not close inbox rows", { error: asError(error).message });
      });
    });
  }

  function open({ plaintext }: InboxEntry, stanza: Attributes, me: Self) {
    const envelope = envelopeOf(stanza, me);
    return (
      envelope &&
      openOrKeep(envelope, plaintext, log, (given, padded) =>
        openAny(given, unpadRandomMax16(padded), me),
      )
    );
  }

  function historyIn(
    { hash, plaintext }: InboxEntry,
    stanza: Attributes,
    me: Self,
  ): HistoryNotice | undefined {
    if (envelopeOf(stanza, me)?.fromMe !== true) return undefined;
    return options.historyIn(proto.Message.decode(unpadRandomMax16(plaintext)), hash);
  }

  function keysIn({ plaintext }: InboxEntry): SharedKeys | undefined {
    try {
      return sharedKeysIn(plaintext);
    } catch (error) {
      log.warn("keys could not be read", { error: asError(error).message });
      return undefined;
    }
  }

  async function deliver(entry: InboxEntry, stanza: Attributes): Promise<void> {
    const me = self();
    if (me === undefined) return;
    const letter = open(entry, stanza, me);
    try {
      if (letter === undefined) {
        // Only our own phone may: anybody else could make us write under a key of theirs.
        const shared = envelopeOf(stanza, me)?.fromMe ? keysIn(entry) : undefined;
        if (shared) await keepKeys(shared);
        const notice = historyIn(entry, stanza, me);
        // Its row stays open until all of it is stored.
        return notice ? report({ kind: "history", notice }) : close(entry.hash);
      }
      report(
        "change" in letter
          ? { kind: "change", change: await addressChange(letter, book, entry.hash, storedMessage) }
          : { kind: "message", message: await addressLetter(letter, book, entry.hash) },
      );
    } catch (error) {
      // The row stays open: the message is delivered when the state can be read again.
      log.warn("a message could not be addressed", { error: asError(error).message });
    }
  }

  return {
    find: (encrypted, ciphertext) => find(hashOf(encrypted, ciphertext)),
    entry: (encrypted, ciphertext, plaintext) => ({
      hash: hashOf(encrypted, ciphertext),
      stanza: JSON.stringify({ ...encrypted.stanza, enc: encrypted.enc }),
      plaintext,
    }),
    deliver,
    async recover() {
      for (const entry of await state.openInbox()) {
        // Its receipt may have left, so this is the last time anyone hears of it.
        const stanza = JSON.parse(entry.stanza) as Attributes;
        await deliver(entry, { offline: "0", ...stanza });
      }
    },
    settle: () => closing,
  };
}

/** Over the sender as the stanza names it: what WhatsApp sends again is the same to the byte. */
function hashOf({ stanza }: Encrypted, ciphertext: Uint8Array): string {
  const sender = `${stanza["from"]}|${stanza["participant"] ?? ""}|`;
  return createHash("sha256").update(sender).update(ciphertext).digest("hex");
}
