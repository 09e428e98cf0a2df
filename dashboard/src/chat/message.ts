import type { BubbleFragment, MessageStatus } from "../api/generated/operations.ts";

export type Bubble = BubbleFragment;

/** Senders choose their ids: a message is known by its id together with who wrote it. */
export const keyOf = ({ id, sender, fromMe }: Bubble): string =>
  `${fromMe ? "me" : sender.id} ${id}`;

/** A message in its place: that of its former self, or behind all others. */
export function placed(shown: readonly Bubble[], message: Bubble): readonly Bubble[] {
  const at = shown.findLastIndex((each) => keyOf(each) === keyOf(message));
  const former = shown[at];
  if (!former) return [...shown, message];
  const status = furthest(former.status, message.status);
  // Events tell what was: what stands on a message by now is not in them.
  const reactions = message.uid === null ? former.reactions : message.reactions;
  return shown.with(at, { ...message, uid: message.uid ?? former.uid, status, reactions });
}

const ORDER: readonly MessageStatus[] = [
  "QUEUED",
  "SENDING",
  "SERVER_ACK",
  "DELIVERED",
  "READ",
  "PLAYED",
  "CANCELLED",
  "EXPIRED",
  "FAILED",
];

/** States only move forward, whatever the order in which they are heard of. */
function furthest(a: MessageStatus | null, b: MessageStatus | null): MessageStatus | null {
  if (a === null || b === null) return b ?? a;
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

/** The ids of what is sent are ours, and so unique without the chat, which may have two names. */
export function withStatus(message: Bubble, id: string, status: MessageStatus): Bubble {
  if (message.id !== id || !message.fromMe) return message;
  return { ...message, status: furthest(message.status, status) };
}

/** `+5511…` of a JID by number, and what stands before the @ of others. */
export function numberOf(jid: string): string {
  const [name = jid, server] = jid.split("@");
  return server === "s.whatsapp.net" ? `+${name}` : name;
}

/** The path of a signed link: it opens wherever this page came from, also where that is not BASE_URL. */
export function mediaPath(url: string): string {
  return url.slice(url.indexOf("/media/"));
}
