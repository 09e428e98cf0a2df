import { type Content, NO_EXTRAS } from "../../../domain/content.ts";
import type { proto } from "../library.ts";
import { attachmentOf, mediaOf } from "./attachment.ts";
import { detailsOf } from "./details.ts";
import { contextOf } from "./context.ts";
import { unwrap } from "./wrappers.ts";

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

/** What is said in a way that is not understood. */
export const UNSUPPORTED: Content = {
  ...NO_EXTRAS,
  kind: "UNSUPPORTED",
  text: null,
  quotedId: null,
  media: null,
};

/** What a message says to people; nothing when it is not for people. */
export function contentOf(message: proto.IMessage): Content | undefined {
  const { inner, isViewOnce } = unwrap(message);
  const said = saidIn(inner);
  if (said === undefined) return undefined;
  const { quotedId, ...marks } = contextOf(inner);
  return { ...said, ...marks, quotedId, serverId: null, isViewOnce: isViewOnce || said.isViewOnce };
}

type Said = Pick<Content, "kind" | "text" | "media" | "details" | "isViewOnce">;

function saidIn(inner: proto.IMessage): Said | undefined {
  const nothingElse = { media: null, details: null, isViewOnce: false };
  const text = inner.conversation ?? inner.extendedTextMessage?.text;
  if (text !== null && text !== undefined) return { ...nothingElse, kind: "TEXT", text };
  const attachment = attachmentOf(inner);
  if (attachment !== undefined) {
    const { kind, part } = attachment;
    const caption = "caption" in part ? part.caption : null;
    const isViewOnce = "viewOnce" in part && part.viewOnce === true;
    const media = mediaOf(attachment);
    return { kind, text: caption || null, media, details: null, isViewOnce };
  }
  const structured = detailsOf(inner);
  if (structured !== undefined) {
    const { text: words, details } = structured;
    return { ...nothingElse, kind: details.kind, text: words || null, details };
  }
  const isForPeople = Object.entries(inner).some(
    ([field, value]) => value !== null && value !== undefined && !NOT_FOR_PEOPLE.has(field),
  );
  return isForPeople ? { ...nothingElse, kind: "UNSUPPORTED", text: null } : undefined;
}
