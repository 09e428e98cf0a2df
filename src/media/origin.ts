import { GatewayError } from "../domain/errors.ts";
import { abortable } from "../lib/abortable.ts";
import type { Database } from "../store/database.ts";
import { type AskPhone, createUploadAgain } from "./again.ts";
import { createPlaces } from "./places.ts";

/** Fetches and decrypts the attachment of an encoded message. */
export type Download = (
  instanceId: string,
  raw: Uint8Array,
  signal: AbortSignal,
) => AsyncIterable<Uint8Array>;

export interface OriginParts {
  readonly database: Pick<Database, "read" | "writer">;
  readonly download: Download;
  /** Rejects unless WhatsApp has the attachment. */
  readonly expectAttachment: (
    instanceId: string,
    raw: Uint8Array,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly askPhone: AskPhone;
}

/** An encoded message whose attachment is read, and whose account it is. */
export interface Attached {
  readonly uid: string;
  readonly instanceId: string;
  readonly raw: Uint8Array;
}

/** Where attachments come from: WhatsApp's hosts, and the phone behind them. */
export interface Origin {
  /** @throws GatewayError MEDIA_UNREACHABLE where there is none */
  find(uid: string): Promise<Attached>;
  /**
   * The bytes, which are only proven when the last one was given. What WhatsApp keeps no more the phone is asked for.
   * @throws GatewayError UNAVAILABLE (too many are read), MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  read(attached: Attached, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined>;
  /**
   * The encoded message, while its attachment is at WhatsApp; undefined when it is there no more.
   * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  current(attached: Attached, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /**
   * Has the phone bring it there again.
   * @returns the encoded message as it is from now on
   * @throws GatewayError MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  restore(attached: Attached, signal: AbortSignal): Promise<Uint8Array>;
}

export function createOrigin(parts: OriginParts): Origin {
  const { database, download, expectAttachment } = parts;
  const again = createUploadAgain(database, parts.askPhone);
  const places = createPlaces();

  return {
    async find(uid) {
      const select = { raw: true, instanceId: true } as const;
      const row = await database.read.message.findUnique({ where: { uid }, select });
      if (row?.raw) return { uid, instanceId: row.instanceId, raw: row.raw };
      throw notHere();
    },

    read: ({ uid, instanceId, raw }, signal) =>
      places(signal, async function* (limited) {
        try {
          yield* download(instanceId, raw, limited);
          return;
        } catch (error) {
          // Said before the first byte, so that nothing was given yet.
          if (!isGone(error)) throw error;
        }
        yield* download(instanceId, await abortable(again(uid, raw), limited), limited);
      }),

    async current({ instanceId, raw }, signal) {
      try {
        await expectAttachment(instanceId, raw, signal);
        return raw;
      } catch (error) {
        if (!isGone(error)) throw error;
        return undefined;
      }
    },

    restore: ({ uid, raw }, signal) => abortable(again(uid, raw), signal),
  };
}

function isGone(error: unknown): boolean {
  return error instanceof GatewayError && error.code === "MEDIA_GONE";
}

export function notHere(): GatewayError {
  return new GatewayError("MEDIA_UNREACHABLE", "The gateway does not have this attachment.");
}
