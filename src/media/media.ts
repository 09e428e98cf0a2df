import { GatewayError } from "../domain/errors.ts";
import type { Media } from "../domain/content.ts";
import type { Message } from "../domain/message.ts";
import { identityOf } from "../domain/message.ts";
import type { Database } from "../store/database.ts";
import { abortable } from "../lib/abortable.ts";
import { type AskPhone, createUploadAgain } from "./again.ts";
import { readToken, tokenOf } from "./token.ts";

/** Links live this long (milliseconds), and up to an hour longer. */
const LIFETIME_MS = 24 * 3_600_000;

/** Expiries fall on whole hours (milliseconds): the same attachment has the same address for a while, and caches know it. */
const STEP_MS = 3_600_000;

/** Downloads at a time. Each is a connection to WhatsApp, and half of the descriptors belong to other work. */
const MAX_OPEN = 64;

/** 100 MiB over 3 Mbit/s (milliseconds); whoever reads more slowly holds one of few places. */
const DEADLINE_MS = 300_000;

/** Fetches and decrypts the attachment of an encoded message. */
export type Download = (
  instanceId: string,
  raw: Uint8Array,
  signal: AbortSignal,
) => AsyncIterable<Uint8Array>;

/** An encoded message whose attachment is read, and whose account it is. */
interface Attached {
  readonly uid: string;
  readonly instanceId: string;
  readonly raw: Uint8Array;
}

/** An attachment behind a link. */
export interface MediaFile {
  readonly media: Media;
  readonly expiresAt: Date;
  /**
   * Opens it. The bytes are only proven when the last one was given. What WhatsApp keeps no more the phone is asked for.
   * @throws GatewayError, while it is read: UNAVAILABLE (too many are read), MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  read(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Signed links to the attachments of stored messages, and what is behind them. Nothing is kept on disk. */
export interface MediaRoom {
  /** A link for each message that has an attachment which can be fetched. */
  urls(messages: readonly Message[], base: string): Promise<ReadonlyMap<Message, string>>;
  /** Nothing if the token is not ours, its time is over or its message is gone. */
  open(token: string): Promise<MediaFile | undefined>;
  /**
   * The encoded message, once its attachment is found to be at WhatsApp, or the phone has brought it there again.
   * @throws GatewayError MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  current(uid: string, signal: AbortSignal): Promise<Uint8Array>;
  /** The bytes of a stored message's attachment, as `MediaFile.read` gives them. */
  readStored(uid: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
  /** The same of a message that an event told of. */
  read(message: Message, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
}

export interface MediaParts {
  readonly database: Pick<Database, "read" | "writer" | "vault">;
  readonly download: Download;
  /** Rejects unless WhatsApp has the attachment. */
  readonly expectAttachment: (
    instanceId: string,
    raw: Uint8Array,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly askPhone: AskPhone;
  readonly now?: () => number;
}

export function createMedia(parts: MediaParts): MediaRoom {
  const { database, download, expectAttachment, now = Date.now } = parts;
  const { read: reader, vault } = database;
  const keys = vault.derive("media links");
  const again = createUploadAgain(database, parts.askPhone);
  let open = 0;

  async function* read(
    { uid, instanceId, raw }: Attached,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    if (open >= MAX_OPEN) {
      throw new GatewayError("UNAVAILABLE", "Too many files are being fetched. Try again shortly.");
    }
    open += 1;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
      try {
        yield* download(instanceId, raw, limited);
        return;
      } catch (error) {
        // Said before the first byte, so that nothing was given yet.
        if (!isGone(error)) throw error;
      }
      yield* download(instanceId, await abortable(again(uid, raw), limited), limited);
    } finally {
      open -= 1;
    }
  }

  /** The uids of those messages that are stored with an attachment, in their order. */
  async function uidsOf(messages: readonly Message[]): Promise<readonly (string | undefined)[]> {
    const names = messages.map((message) => [message.instanceId, identityOf(message)]);
    const rows = await reader.$queryRaw<{ uid: string; at: bigint | number }[]>`
      SELECT m.uid, n.key AS at FROM json_each(${JSON.stringify(names)}) AS n
      CROSS JOIN "Message" AS m
      WHERE m."instanceId" = json_extract(n.value, '$[0]')
        AND m.identity = json_extract(n.value, '$[1]')
        AND m.media IS NOT NULL AND m.raw IS NOT NULL`;
    const found = new Map(rows.map(({ uid, at }) => [Number(at), uid]));
    return messages.map((_, at) => found.get(at));
  }

  async function attachedOf(uid: string): Promise<Attached> {
    const select = { raw: true, instanceId: true } as const;
    const row = await reader.message.findUnique({ where: { uid }, select });
    if (row?.raw) return { uid, instanceId: row.instanceId, raw: row.raw };
    throw notHere();
  }

  return {
    async urls(messages, base) {
      const [key] = keys;
      const attached = messages.filter(({ media }) => media !== null);
      if (attached.length === 0 || key === undefined) return new Map();
      const expiresAt = Math.ceil((now() + LIFETIME_MS) / STEP_MS) * STEP_MS;
      const uids = await uidsOf(attached);
      const links = attached.flatMap((message, at) => {
        const uid = uids[at];
        if (uid === undefined) return [];
        const token = tokenOf({ instanceId: message.instanceId, uid, expiresAt }, key);
        return [[message, `${base}/media/${token}`] as const];
      });
      return new Map(links);
    },

    async open(token) {
      const grant = readToken(token, keys, now());
      if (!grant) return undefined;
      const { uid, instanceId } = grant;
      const row = await reader.message.findFirst({
        where: { uid, instanceId },
        select: { media: true, raw: true },
      });
      if (!row?.media || !row.raw) return undefined;
      const { raw } = row;
      const media = JSON.parse(row.media) as Media;
      const expiresAt = new Date(grant.expiresAt);
      return { media, expiresAt, read: (signal) => read({ uid, instanceId, raw }, signal) };
    },

    async current(uid, signal) {
      const { instanceId, raw } = await attachedOf(uid);
      try {
        await expectAttachment(instanceId, raw, signal);
        return raw;
      } catch (error) {
        if (!isGone(error)) throw error;
        return abortable(again(uid, raw), signal);
      }
    },
    async *readStored(uid, signal) {
      yield* read(await attachedOf(uid), signal);
    },
    async *read(message, signal) {
      const [uid] = await uidsOf([message]);
      if (uid === undefined) throw notHere();
      yield* read(await attachedOf(uid), signal);
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof GatewayError && error.code === "MEDIA_GONE";
}

function notHere(): GatewayError {
  return new GatewayError("MEDIA_UNREACHABLE", "The gateway does not have this attachment.");
}

/** The same for deliveries, which no request brings about: links begin with `base`. */
export function attachmentsOf(media: MediaRoom, base: () => string) {
  return {
    urlOf: async (message: Message) => (await media.urls([message], base())).get(message) ?? null,
    read: (message: Message, signal: AbortSignal) => media.read(message, signal),
  };
}
