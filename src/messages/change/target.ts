import { isChannel, isGroup, STATUS_FEED } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { InstanceId } from "../../domain/ids.ts";
import type { Message } from "../../domain/message.ts";
import { hasReached } from "../../domain/message.ts";
import type { ChangeTarget } from "../../domain/outgoing.ts";
import type { Database } from "../../store/database.ts";
import type { ChangeWish, StoredMessage } from "../messages.ts";
import { MESSAGE_COLUMNS, toStored } from "../rows.ts";

/** A message as callers name it. */
export interface MessageName {
  readonly instanceId: InstanceId;
  readonly messageId: string;
  /** By LID or by phone-number JID; needed where another chat has a message of the same id. */
  readonly chatId?: string | null | undefined;
}

/**
 * The one message that a caller means.
 * @throws GatewayError MESSAGE_NOT_FOUND; BAD_INPUT when several chats have a message of that id
 */
export async function findMessage(
  { read }: Database,
  { instanceId, messageId: id, chatId }: MessageName,
): Promise<StoredMessage> {
  const chat = chatId ? { OR: [{ chatId }, { chatPn: chatId }] } : {};
  const rows = await read.message.findMany({
    where: { instanceId, id, change: null, ...chat },
    select: MESSAGE_COLUMNS,
    take: 2,
  });
  const [row, other] = rows;
  if (row && other) {
    const message = `Several chats have a message "${id}". Say which one is meant, with chatId.`;
    throw new GatewayError("BAD_INPUT", message, { messageId: id });
  }
  if (row) return toStored(row);
  throw new GatewayError(
    "MESSAGE_NOT_FOUND",
    `There is no message "${id}" in this instance${chatId ? " and chat" : ""}.`,
    { messageId: id },
  );
}

export function targetOf({ uid, message }: StoredMessage): ChangeTarget {
  const { id, chat, sender, fromMe } = message;
  const isOthers = isGroup(chat.id) && !fromMe;
  const participant = isOthers ? (sender.pn ?? sender.id) : null;
  return { uid, id, chat: chat.pn ?? chat.id, fromMe, participant };
}

/**
 * What never came to WhatsApp, or is gone from there, cannot be changed there.
 * @throws GatewayError TOO_LATE
 */
export function expectThere({ message: { id, status }, deletedAt }: StoredMessage): void {
  if (deletedAt) throw tooLate(id, "The message was deleted for everyone.");
  const hasFailed = status === "FAILED" || status === "EXPIRED" || status === "CANCELLED";
  if (hasFailed) throw tooLate(id, `The message was never sent: it is ${status}.`);
}

/** @throws GatewayError BAD_INPUT */
export function expectChangeable({ message }: StoredMessage, kind: ChangeWish["kind"]): void {
  const { id, chat } = message;
  if (isChannel(chat.id) && kind !== "EDIT" && kind !== "DELETION") {
    throw bad(id, "A post can be edited and deleted. Reactions name it by channel and serverId.");
  }
  if (chat.id !== STATUS_FEED || kind === "DELETION") return;
  throw bad(message.id, "A status can be deleted, and nothing else be done to it.");
}

/** Within this time phones take edits of a message. In milliseconds. */
const EDITABLE_MS = 15 * 60_000;

/** Within this time WhatsApp takes edits and deletions of posts: thirty days. */
const POST_CHANGEABLE_MS = 30 * 24 * 60 * 60_000;

/** Within this time phones delete a message for everyone: two days and twelve hours. */
const DELETABLE_MS = 60 * 60 * 60_000;

/** @throws GatewayError BAD_INPUT, TOO_LATE */
export function expectEditable({ message }: StoredMessage): void {
  const { id, chat, fromMe, kind } = message;
  if (!fromMe) throw bad(id, "Only messages of the account itself can be edited.");
  if (kind !== "TEXT") throw bad(id, "Only messages of text can be edited.");
  if (isChannel(chat.id)) return expectFreshPost(message);
  if (ageOf(message) > EDITABLE_MS) {
    throw tooLate(id, "WhatsApp takes edits of a message within 15 minutes.");
  }
}

/** @throws GatewayError BAD_INPUT, TOO_LATE */
export function expectDeletable({ message }: StoredMessage): void {
  const { id, fromMe, chat } = message;
  if (!fromMe && !isGroup(chat.id)) {
    throw bad(
      id,
      "Only messages of the account itself can be deleted, and in groups, by admins, those of others.",
    );
  }
  if (isChannel(chat.id)) return expectFreshPost(message);
  if (ageOf(message) > DELETABLE_MS) {
    throw tooLate(id, "WhatsApp deletes a message for everyone within 60 hours.");
  }
}

function expectFreshPost(message: Message): void {
  if (ageOf(message) <= POST_CHANGEABLE_MS) return;
  throw tooLate(message.id, "WhatsApp takes edits and deletions of posts within 30 days.");
}

/** @throws GatewayError BAD_INPUT */
export function expectDisappearing({ message: { id, disappearsAfter } }: StoredMessage): void {
  if (disappearsAfter !== null) return;
  throw bad(id, "Only what would disappear can be kept: this message stays anyway.");
}

/** In milliseconds, from when the server had it. */
function ageOf({ timestamp, status }: Message): number {
  const isThere = hasReached(status ?? "SERVER_ACK", "SERVER_ACK");
  return isThere ? Date.now() - timestamp.getTime() : 0;
}

function bad(messageId: string, message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message, { messageId });
}

function tooLate(messageId: string, message: string): GatewayError {
  return new GatewayError("TOO_LATE", message, { messageId });
}
