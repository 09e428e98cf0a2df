import type { MessageKind } from "../../domain/content.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Original } from "../../domain/outgoing.ts";
import type { Database } from "../../store/database.ts";
import { ATTACHMENT_MS, type Attachments } from "./attachment.ts";
import { findMessage, type MessageName } from "../change/target.ts";

/** What phones pass on. Votes and answers belong to the one message they were given to. */
const FORWARDABLE: ReadonlySet<MessageKind> = new Set([
  "TEXT",
  "IMAGE",
  "VIDEO",
  "AUDIO",
  "DOCUMENT",
  "STICKER",
  "LOCATION",
  "CONTACTS",
]);

/** @throws GatewayError MESSAGE_NOT_FOUND, BAD_INPUT, MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID */
export async function findOriginal(
  database: Database,
  { current }: Pick<Attachments, "current">,
  name: MessageName,
): Promise<Original> {
  const { uid, message, deletedAt } = await findMessage(database, name);
  const { id, kind, isViewOnce } = message;
  if (deletedAt) throw bad(id, "A message that was deleted for everyone is not passed on.");
  if (isViewOnce) throw bad(id, "What is to be seen once is not passed on.");
  if (!FORWARDABLE.has(kind)) throw bad(id, `A message of kind ${kind} is not passed on.`);
  const row = await database.read.message.findUnique({ where: { uid }, select: { raw: true } });
  if (!row?.raw) throw bad(id, "The message has not left yet. Pass it on when it has.");
  const { text, media, details, mentions, forwardingScore, linkPreview } = message;
  // Whom it is passed on to could not fetch what WhatsApp keeps no more.
  const raw = media ? await current(uid, AbortSignal.timeout(ATTACHMENT_MS)) : row.raw;
  const marks = {
    mentionsAll: false,
    isViewOnce: false,
    disappearsAfter: null,
    albumId: null,
    serverId: null,
  };
  return {
    content: {
      kind,
      text,
      media,
      details,
      mentions,
      linkPreview,
      quotedId: null,
      // What the account wrote itself is passed on as if it were new.
      forwardingScore: message.fromMe ? forwardingScore : forwardingScore + 1,
      ...marks,
    },
    raw: Buffer.from(raw).toString("base64"),
  };
}

function bad(messageId: string, message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message, { messageId });
}
