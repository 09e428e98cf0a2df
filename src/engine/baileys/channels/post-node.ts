import type { Jid, MessageId } from "../../../domain/ids.ts";
import { type BinaryNode, proto } from "../library.ts";
import { attachmentOf } from "../translate/attachment.ts";

const { Type } = proto.Message.ProtocolMessage;

/** In channels an edit and a deletion are marked otherwise than in chats: as those of an admin. */
export const POST_EDIT = "3";
export const POST_DELETION = "8";

/** The stanza of a post, or of what is done to one, which bears the id of the post then. Pure. */
export function postNode(id: MessageId, to: Jid, message: proto.IMessage): BinaryNode {
  const { protocolMessage: control } = message;
  const postId = control?.key?.id;
  if (control && postId) {
    const isEdit = control.type === Type.MESSAGE_EDIT;
    const edit = isEdit ? POST_EDIT : POST_DELETION;
    const said = isEdit ? encoded(control.editedMessage ?? {}) : new Uint8Array();
    return stanza({ to, id: postId, type: "text", edit }, {}, said);
  }
  const mediaType = mediaTypeOf(message);
  const isPoll = message.pollCreationMessage ?? message.pollCreationMessageV3;
  const type = isPoll ? "poll" : mediaType === undefined ? "text" : "media";
  const shown = mediaType === undefined ? {} : { mediatype: mediaType };
  return stanza({ to, id, type }, shown, encoded(message));
}

function stanza(
  attrs: BinaryNode["attrs"],
  shown: BinaryNode["attrs"],
  content: Uint8Array,
): BinaryNode {
  return { tag: "message", attrs, content: [{ tag: "plaintext", attrs: shown, content }] };
}

const encoded = (message: proto.IMessage): Uint8Array => proto.Message.encode(message).finish();

/** WhatsApp's word for what is shown beside text. */
function mediaTypeOf(message: proto.IMessage): string | undefined {
  const attachment = attachmentOf(message);
  if (attachment?.form === "GIF") return "gif";
  if (attachment?.form === "VOICE_NOTE") return "ptt";
  if (attachment?.form === "VIDEO_NOTE") return "ptv";
  if (attachment) return attachment.type;
  if (message.locationMessage) return "location";
  if (message.contactMessage) return "vcard";
  return message.contactsArrayMessage ? "contact_array" : undefined;
}
