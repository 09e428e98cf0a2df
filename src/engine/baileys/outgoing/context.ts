import { bareJid } from "../../../domain/address.ts";
import type { OutgoingContext, Quoted } from "../../../domain/outgoing.ts";
import { proto } from "../library.ts";
import { unwrap } from "../translate/wrappers.ts";

interface Part {
  contextInfo?: proto.IContextInfo | null;
}

/** The one part of a message that says whom it answers and names. */
export function partOf(message: proto.IMessage): Part | null | undefined {
  return (
    message.extendedTextMessage ??
    message.imageMessage ??
    message.videoMessage ??
    message.ptvMessage ??
    message.audioMessage ??
    message.stickerMessage ??
    message.documentMessage ??
    message.locationMessage ??
    message.liveLocationMessage ??
    message.contactMessage ??
    message.contactsArrayMessage ??
    message.pollCreationMessage ??
    message.pollCreationMessageV3 ??
    message.eventMessage ??
    message.albumMessage
  );
}

/** Says of a message whom it answers and names, and how long it stays. */
export function setContext(message: proto.IMessage, context: OutgoingContext): void {
  const { quoted, mentions = [], mentionsAll, disappearsAfter } = context;
  const part = partOf(unwrap(message).inner);
  const said: proto.IContextInfo = {
    ...(quoted && quoting(quoted)),
    ...(mentions.length > 0 && { mentionedJid: [...mentions] }),
    ...(mentionsAll && { nonJidMentions: 1 }),
    ...(disappearsAfter && { expiration: disappearsAfter }),
  };
  if (!part || Object.keys(said).length === 0) return;
  part.contextInfo = { ...part.contextInfo, ...said };
}

function quoting({ id, sender, text, chat, raw }: Quoted): proto.IContextInfo {
  return {
    stanzaId: id,
    participant: bareJid(sender),
    quotedMessage: raw ? quotedMessage(raw) : { conversation: text ?? "" },
    ...(chat && { remoteJid: chat }),
  };
}

/** What is quoted in it itself is not carried along. */
function quotedMessage(raw: string): proto.IMessage {
  const { inner } = unwrap(proto.Message.decode(Buffer.from(raw, "base64")));
  const { messageContextInfo: _, ...message } = inner;
  const part = partOf(message);
  if (part) part.contextInfo = null;
  return message;
}
