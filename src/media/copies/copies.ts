import { BlobError } from "../../blobs/blob-store.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { MediaCopy } from "../../domain/media-copy.ts";
import type { Message } from "../../domain/message.ts";
import type { Chore } from "../../lib/housekeeper.ts";
import type { Log } from "../../lib/log.ts";
import { proven } from "../../lib/proven.ts";
import type { Origin } from "../origin.ts";
import { createPlaces } from "../places.ts";
import { Copier } from "./copier.ts";
import { makeCopy } from "./make-copy.ts";
import { notDescribed } from "./not-described.ts";
import { lose } from "./rows.ts";
import { copiesOf, fileOf } from "./shown.ts";
import { Space, type SpaceParts } from "./space.ts";

/** The bytes of a copy, proven as those of WhatsApp are. */
export interface KeptFile {
  /** @throws GatewayError UNAVAILABLE, MEDIA_INVALID, BlobError; while it is read */
  read(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
  /**
   * Has it made anew, if what it threw says that it is not what was stored. Only where WhatsApp still has the file: a
   * disk that is not mounted, or another bucket, would have all copies forgotten.
   */
  renew(thrown: unknown): Promise<void>;
}

/** The gateway's own copies of attachments. */
export interface Copies {
  /** How far they came; nothing of messages whose attachment was never to be kept. */
  of(messages: readonly Message[]): Promise<ReadonlyMap<Message, MediaCopy>>;
  /** The copy for a message, if it is there. */
  find(uid: string): Promise<KeptFile | undefined>;
}

/** Where nothing is kept. */
export const NO_COPIES: Copies = {
  of: () => Promise.resolve(new Map()),
  find: () => Promise.resolve(undefined),
};

export interface CopyParts extends SpaceParts {
  readonly origin: Pick<Origin, "find" | "read">;
  readonly log: Log;
}

/** Copies that are made as messages come, once it is started and until it is disposed. */
export interface KeptCopies extends Copies, AsyncDisposable {
  start(): void;
  /** There are messages whose attachments are to be kept. */
  readonly wake: () => void;
  readonly chore: Chore;
}

export async function openCopies(parts: CopyParts): Promise<KeptCopies> {
  const { database, store, log, now } = parts;
  const { read, writer } = database;
  const space = await Space.open(parts);
  const places = createPlaces();
  const making = { ...parts, space };
  const copier = new Copier({
    database,
    log,
    now,
    make: (due, signal) => makeCopy(making, due, signal),
  });

  return {
    of: (messages) => copiesOf(read, messages),
    async find(uid) {
      const file = await fileOf(read, uid);
      if (file === undefined) return undefined;
      const { id, instanceId: folder, ...facts } = file;
      return {
        read: (signal) =>
          places(signal, async function* (limited) {
            try {
              yield* proven(store.get({ folder, id }, limited), facts, notDescribed);
            } catch (error) {
              if (!signal.aborted) {
                log.warn("the copy of an attachment cannot be read", { fileId: id, err: error });
              }
              throw error;
            }
          }),
        async renew(thrown) {
          if (!isNone(thrown)) return;
          log.warn("the copy of an attachment is lost and is made anew", { fileId: id });
          await writer.write((tx) => lose(tx, id, now()));
          copier.wake();
        },
      };
    },
    start: () => copier.start(),
    wake: copier.wake,
    chore: { name: "copies of attachments", run: (signal) => space.tidy(signal) },
    [Symbol.asyncDispose]: () => copier[Symbol.asyncDispose](),
  };
}

/** Whether what was read is not the file that was stored; a store that is away says nothing about it. */
function isNone(error: unknown): boolean {
  if (error instanceof BlobError) return error.code === "MISSING";
  return error instanceof GatewayError && error.code === "MEDIA_INVALID";
}
