import { Readable } from "node:stream";
import type { Media, MessageKind } from "../../domain/content.ts";
import { GatewayError, messageNotFound } from "../../domain/errors.ts";
import type { StreamSource } from "../../domain/media-source.ts";
import type { Database } from "../../store/database.ts";
import { MESSAGE_COLUMNS, toStored } from "../rows.ts";

/** What is behind the attachments of stored messages. */
export interface Attachments {
  /**
   * The encoded message, once its attachment is found to be at WhatsApp.
   * @throws GatewayError MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
   */
  current(uid: string, signal: AbortSignal): Promise<Uint8Array>;
  /** The same, but null where the gateway's own copy spares the phone the work of bringing it there. */
  reusable(uid: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** @throws GatewayError, while it is read: as `current`, and UNAVAILABLE */
  readStored(uid: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** An attachment that may be sent once more. */
export interface StoredAttachment {
  readonly uid: string;
  readonly kind: MessageKind;
  readonly media: Media;
}

/** How long WhatsApp's media host, and the phone where it is asked, may take. In milliseconds. */
export const ATTACHMENT_MS = 60_000;

/** @throws GatewayError MESSAGE_NOT_FOUND, BAD_INPUT */
export async function findAttachment({ read }: Database, uid: string): Promise<StoredAttachment> {
  const select = { ...MESSAGE_COLUMNS, raw: true } as const;
  const row = await read.message.findUnique({ where: { uid }, select });
  if (!row || row.change !== null) throw messageNotFound(uid);
  const { message, deletedAt } = toStored(row);
  const { kind, media, isViewOnce } = message;
  if (!media) throw bad(uid, `A message of kind ${kind} has no attachment.`);
  if (deletedAt) throw bad(uid, "What was deleted for everyone is not sent again.");
  if (isViewOnce) throw bad(uid, "What is to be seen once is not sent again.");
  if (!row.raw) throw bad(uid, "The message has not left yet. Use its attachment when it has.");
  return { uid, kind, media };
}

/** The bytes of an attachment as a file to send. */
export function streamOf(
  { uid, media }: StoredAttachment,
  { readStored }: Pick<Attachments, "readStored">,
): StreamSource {
  const { fileName, mimetype } = media;
  const bytes = readStored(uid, AbortSignal.timeout(ATTACHMENT_MS));
  return { stream: Readable.from(bytes), fileName, mimetype };
}

function bad(messageUid: string, message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message, { messageUid });
}
