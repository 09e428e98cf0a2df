import type { proto } from "@whiskeysockets/baileys";
import { canonical } from "../protocol/jid.ts";
import type { ReceivedMessage } from "./received-log.ts";

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a message says, without who said it to whom. */
export type Description = Omit<ReceivedMessage, "id" | "from" | "to" | "chat" | "timestamp">;

/** What it answers, and whom it names. */
export function context(info: proto.IContextInfo | null | undefined): Partial<Description> {
  const found: Partial<Mutable<Description>> = {};
  if (info?.stanzaId) {
    found.quotedId = info.stanzaId;
    found.quotedType = quotedType(info.quotedMessage);
    if (info.remoteJid) found.quotedChat = info.remoteJid;
  }
  if (info?.nonJidMentions === 1) found.mentionsAll = true;
  if (info?.forwardingScore) found.forwardingScore = info.forwardingScore;
  if (info?.expiration) found.disappearsAfter = info.expiration;
  if (info?.mentionedJid && info.mentionedJid.length > 0) {
    found.mentions = info.mentionedJid.map(canonical);
  }
  return found;
}

function quotedType(message: proto.IMessage | null | undefined): "text" | "image" | "other" {
  if (message?.imageMessage) return "image";
  return typeof (message?.conversation ?? message?.extendedTextMessage?.text) === "string"
    ? "text"
    : "other";
}
