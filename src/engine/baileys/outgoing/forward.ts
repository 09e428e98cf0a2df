import type { Original } from "../../../domain/outgoing.ts";
import { proto } from "../library.ts";
import { unwrap } from "../translate/wrappers.ts";
import { partOf } from "./context.ts";

/** A message as it was, its attachment included, but for whom it answered and where it stood. */
export function forwardMessage({
  raw,
  content: { forwardingScore, mentions },
}: Original): proto.IMessage {
  const { inner } = unwrap(proto.Message.decode(Buffer.from(raw, "base64")));
  const { messageContextInfo: _, conversation, ...message } = inner;
  const copy: proto.IMessage = conversation
    ? { extendedTextMessage: { text: conversation } }
    : message;
  const part = partOf(copy);
  if (part) {
    part.contextInfo = {
      ...(forwardingScore > 0 && { isForwarded: true, forwardingScore }),
      ...(mentions.length > 0 && { mentionedJid: [...mentions] }),
    };
  }
  return copy;
}
