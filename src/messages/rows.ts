import type { Jid, InstanceId, MessageId } from "../domain/ids.ts";
import type { Extras, Media, MessageKind } from "../domain/content.ts";
import { reviveExtras } from "../domain/content.ts";
import type { Message, MessageStatus, SendError } from "../domain/message.ts";
import type { StoredMessage } from "./messages.ts";

/** A row of the table, as queries give it. */
export interface MessageRow {
  readonly uid: string;
  readonly instanceId: string;
  readonly id: string;
  readonly chatId: string;
  readonly chatPn: string | null;
  readonly chatLid: string | null;
  readonly senderId: string;
  readonly senderPn: string | null;
  readonly senderLid: string | null;
  readonly senderName: string | null;
  readonly fromMe: boolean;
  readonly kind: string;
  readonly text: string | null;
  readonly timestamp: Date;
  readonly status: string | null;
  readonly quotedId: string | null;
  readonly media: string | null;
  readonly extras: string | null;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly scheduledAt: Date | null;
  readonly pinnedUntil: Date | null;
  readonly keptAt: Date | null;
  readonly starredAt: Date | null;
  readonly error: string | null;
  /** Of a row that is no message of its own: what it does to another. */
  readonly change: string | null;
}

/** The columns of `MessageRow`: `raw` and `intent` can be large and are read only where they are needed. */
export const MESSAGE_COLUMNS = {
  uid: true,
  instanceId: true,
  id: true,
  chatId: true,
  chatPn: true,
  chatLid: true,
  senderId: true,
  senderPn: true,
  senderLid: true,
  senderName: true,
  fromMe: true,
  kind: true,
  text: true,
  timestamp: true,
  status: true,
  quotedId: true,
  media: true,
  extras: true,
  editedAt: true,
  deletedAt: true,
  scheduledAt: true,
  pinnedUntil: true,
  keptAt: true,
  starredAt: true,
  error: true,
  change: true,
} as const;

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id as MessageId,
    instanceId: row.instanceId as InstanceId,
    chat: { id: row.chatId as Jid, pn: row.chatPn as Jid | null, lid: row.chatLid as Jid | null },
    sender: {
      id: row.senderId as Jid,
      pn: row.senderPn as Jid | null,
      lid: row.senderLid as Jid | null,
      name: row.senderName,
    },
    fromMe: row.fromMe,
    kind: row.kind as MessageKind,
    text: row.text,
    timestamp: row.timestamp,
    status: row.status as MessageStatus | null,
    quotedId: row.quotedId as MessageId | null,
    media: row.media === null ? null : (JSON.parse(row.media) as Media),
    ...reviveExtras(row.extras === null ? null : (JSON.parse(row.extras) as Partial<Extras>)),
    error: row.error === null ? null : (JSON.parse(row.error) as SendError),
  };
}

export function toStored(row: MessageRow): StoredMessage {
  const { uid, editedAt, deletedAt, scheduledAt, pinnedUntil, keptAt, starredAt } = row;
  const marks = { scheduledAt, pinnedUntil, keptAt, starred: starredAt !== null };
  return { uid, message: toMessage(row), editedAt, deletedAt, ...marks };
}
