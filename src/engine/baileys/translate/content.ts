import type { MessageId } from "../../../domain/ids.ts";
import type { Media, MessageKind } from "../../../domain/message.ts";
import type { proto } from "../library.ts";
import { attachmentOf, mediaOf } from "./attachment.ts";

export interface Content {
  readonly kind: Exclude<MessageKind, "UNDECRYPTABLE">;
  readonly text: string | null;
  readonly quotedId: MessageId | null;
  readonly media: Media | null;
}

/** Envelopes inside the message that change nothing about what it says. */
const WRAPPERS = [
  "ephemeralMessage",
  "viewOnceMessage",
  "viewOnceMessageV2",
  "viewOnceMessageV2Extension",
  "documentWithCaptionMessage",
  "groupMentionedMessage",
  "lottieStickerMessage",
  "associatedChildMessage",
  "botForwardedMessage",
] as const satisfies readonly (keyof proto.IMessage)[];

/** Deeper than any client nests them; what a stranger sends must not keep us unwrapping. */
const MAX_DEPTH = 6;

/**
 * What devices say to each other, or about a message that is already there. Self-only kinds of
 * `protocolMessage` are forged by strangers (CVE-2026-48063): like the rest of this list they
 * never become an event.
 */
const NOT_FOR_PEOPLE: ReadonlySet<string> = new Set([
  "protocolMessage",
  "editedMessage",
  "senderKeyDistributionMessage",
  "fastRatchetKeySenderKeyDistributionMessage",
  "messageContextInfo",
  "reactionMessage",
  "encReactionMessage",
  "pollUpdateMessage",
  "encEventResponseMessage",
  "keepInChatMessage",
  "pinInChatMessage",
  "secretEncryptedMessage",
  "stickerSyncRmrMessage",
  "messageHistoryBundle",
  "messageHistoryNotice",
  "placeholderMessage",
  "deviceSentMessage",
] satisfies readonly (keyof proto.IMessage)[]);

/** What a message says to people; nothing when it is not for people. */
export function contentOf(message: proto.IMessage): Content | undefined {
  const inner = unwrap(message);
  const text = inner.conversation ?? inner.extendedTextMessage?.text;
  if (text !== null && text !== undefined) {
    const quotedId = quoted(inner.extendedTextMessage?.contextInfo);
    return { kind: "TEXT", text, quotedId, media: null };
  }
  const attachment = attachmentOf(inner);
  if (attachment !== undefined) {
    const { kind, part } = attachment;
    const caption = "caption" in part ? part.caption : null;
    const quotedId = quoted(part.contextInfo);
    return { kind, text: caption || null, quotedId, media: mediaOf(attachment) };
  }
  const said = Object.entries(inner).some(
    ([field, value]) => value !== null && value !== undefined && !NOT_FOR_PEOPLE.has(field),
  );
  return said ? { kind: "UNSUPPORTED", text: null, quotedId: null, media: null } : undefined;
}

/** The message inside all of its wrappers. */
export function unwrap(message: proto.IMessage): proto.IMessage {
  let inner = message;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const next = WRAPPERS.map((wrapper) => inner[wrapper]?.message).find(Boolean);
    if (!next) return inner;
    inner = next;
  }
  return inner;
}

function quoted(context: proto.IContextInfo | null | undefined): MessageId | null {
  return (context?.stanzaId || null) as MessageId | null;
}
