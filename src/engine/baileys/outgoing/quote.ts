import { bareJid } from "../../../domain/address.ts";
import type { Quoted } from "../../../domain/outgoing.ts";
import type { proto } from "../library.ts";
import { unwrap } from "../translate/wrappers.ts";

interface Quoting {
  contextInfo?: proto.IContextInfo | null;
}

/** The one part of a message that can answer another. */
function partOf(message: proto.IMessage): Quoting | null | undefined {
  return (
    message.extendedTextMessage ??
    message.imageMessage ??
    message.videoMessage ??
    message.ptvMessage ??
    message.audioMessage ??
    message.stickerMessage ??
    message.documentMessage ??
    message.locationMessage ??
    message.contactMessage ??
    message.contactsArrayMessage ??
    message.pollCreationMessage ??
    message.pollCreationMessageV3
  );
}

/** Makes a message the answer to another. */
export function quote(message: proto.IMessage, quoted: Quoted): void {
  const part = partOf(unwrap(message).inner);
  if (!part) return;
  part.contextInfo = {
    ...part.contextInfo,
    stanzaId: quoted.id,
    participant: bareJid(quoted.sender),
    quotedMessage: { conversation: quoted.text ?? "" },
  };
}
