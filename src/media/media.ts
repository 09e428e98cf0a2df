import type { Media } from "../domain/content.ts";
import type { MediaCopy } from "../domain/media-copy.ts";
import type { Message } from "../domain/message.ts";
import type { Database } from "../store/database.ts";
import type { Copies } from "./copies/copies.ts";
import type { Attached, Origin } from "./origin.ts";
import { notHere } from "./origin.ts";
import { readToken, tokenOf } from "./token.ts";
import { uidsOf } from "./uids.ts";

/** Links live this long (milliseconds), and up to an hour longer. */
const LIFETIME_MS = 24 * 3_600_000;

/** Expiries fall on whole hours (milliseconds): the same attachment has the same address for a while, and caches know it. */
const STEP_MS = 3_600_000;

/** An attachment behind a link. */
export interface MediaFile {
  readonly media: Media;
  readonly expiresAt: Date;
  /**
   * Opens it. The bytes are only proven when the last one was given. They are the gateway's own copy where there is
   * one; what WhatsApp keeps no more the phone is asked for.
   * @throws GatewayError, while it is read: UNAVAILABLE (too many are read), MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  read(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Signed links to the attachments of stored messages, and what is behind them. */
export interface MediaRoom {
  /** A link for each message that has an attachment which can be fetched. */
  urls(messages: readonly Message[], base: string): Promise<ReadonlyMap<Message, string>>;
  /** How far the gateway's own copies came; nothing of messages whose attachment was never to be kept. */
  copies(messages: readonly Message[]): Promise<ReadonlyMap<Message, MediaCopy>>;
  /** Nothing if the token is not ours, its time is over or its message is gone. */
  open(token: string): Promise<MediaFile | undefined>;
  /**
   * The encoded message, once its attachment is found to be at WhatsApp, or the phone has brought it there again.
   * @throws GatewayError MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  current(uid: string, signal: AbortSignal): Promise<Uint8Array>;
  /** The same, but null where the gateway's own copy spares the phone the work. */
  reusable(uid: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** The bytes of a stored message's attachment, as `MediaFile.read` gives them. */
  readStored(uid: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
  /** The same of a message that an event told of. */
  read(message: Message, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
}

export interface MediaParts {
  readonly database: Pick<Database, "read" | "vault">;
  readonly origin: Origin;
  readonly copies: Copies;
  readonly now?: () => number;
}

export function createMedia(parts: MediaParts): MediaRoom {
  const { database, origin, copies, now = Date.now } = parts;
  const { read: reader, vault } = database;
  const keys = vault.derive("media links");

  async function* read(
    attached: Attached,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const kept = await copies.find(attached.uid);
    let isBegun = false;
    let trouble: unknown;
    try {
      for await (const piece of kept?.read(signal) ?? []) {
        isBegun = true;
        yield piece;
      }
      if (kept) return;
    } catch (error) {
      // Who has part of it cannot be given the rest from elsewhere.
      if (isBegun || signal.aborted) throw error;
      trouble = error;
    }
    yield* origin.read(attached, signal);
    if (trouble !== undefined) await kept?.renew(trouble);
  }

  return {
    async urls(messages, base) {
      const [key] = keys;
      const attached = messages.filter(({ media }) => media !== null);
      if (attached.length === 0 || key === undefined) return new Map();
      const expiresAt = Math.ceil((now() + LIFETIME_MS) / STEP_MS) * STEP_MS;
      const uids = await uidsOf(reader, attached);
      const links = attached.flatMap((message, at) => {
        const uid = uids[at];
        if (uid === undefined) return [];
        const token = tokenOf({ instanceId: message.instanceId, uid, expiresAt }, key);
        return [[message, `${base}/media/${token}`] as const];
      });
      return new Map(links);
    },
    copies: (messages) => copies.of(messages),

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
      const attached = await origin.find(uid);
      return (await origin.current(attached, signal)) ?? origin.restore(attached, signal);
    },
    async reusable(uid, signal) {
      const attached = await origin.find(uid);
      const current = await origin.current(attached, signal);
      if (current) return current;
      return (await copies.find(uid)) ? null : origin.restore(attached, signal);
    },
    async *readStored(uid, signal) {
      yield* read(await origin.find(uid), signal);
    },
    async *read(message, signal) {
      const [uid] = await uidsOf(reader, [message]);
      if (uid === undefined) throw notHere();
      yield* read(await origin.find(uid), signal);
    },
  };
}

/** The same for deliveries, which no request brings about: links begin with `base`. */
export function attachmentsOf(media: MediaRoom, base: () => string) {
  return {
    urlOf: async (message: Message) => (await media.urls([message], base())).get(message) ?? null,
    read: (message: Message, signal: AbortSignal) => media.read(message, signal),
  };
}
