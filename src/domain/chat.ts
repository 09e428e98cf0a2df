import { isChannel, isGroup, STATUS_FEED } from "./address.ts";

export const CHAT_KINDS = ["DIRECT", "GROUP", "CHANNEL", "STATUS"] as const;

/** What a chat is, as the server part of its JID tells it. */
export type ChatKind = (typeof CHAT_KINDS)[number];

export function chatKindOf(jid: string): ChatKind {
  if (isGroup(jid)) return "GROUP";
  if (isChannel(jid)) return "CHANNEL";
  return jid === STATUS_FEED ? "STATUS" : "DIRECT";
}
