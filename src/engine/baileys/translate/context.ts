import { bareJid } from "../../../domain/address.ts";
import type { Content, LinkPreview } from "../../../domain/content.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { proto } from "../library.ts";
import { count } from "./numbers.ts";

/** More people than a group can have are named by nobody who means it. */
const MAX_MENTIONS = 1_024;

type Marks = Pick<
  Content,
  | "quotedId"
  | "mentions"
  | "mentionsAll"
  | "forwardingScore"
  | "disappearsAfter"
  | "albumId"
  | "linkPreview"
>;

/** What an unwrapped message says about itself: whom it answers and names, where it came from, how long it stays. */
export function contextOf(message: proto.IMessage): Marks {
  const context = partOf(message)?.contextInfo;
  const association = message.messageContextInfo?.messageAssociation;
  const mentions = (context?.mentionedJid ?? []).slice(0, MAX_MENTIONS);
  return {
    quotedId: (context?.stanzaId || null) as MessageId | null,
    mentions: mentions.map((jid) => bareJid(jid)),
    mentionsAll: context?.nonJidMentions === 1,
    forwardingScore: count(context?.forwardingScore) || (context?.isForwarded ? 1 : 0),
    disappearsAfter: count(context?.expiration) || null,
    albumId: (association?.parentMessageKey?.id || null) as MessageId | null,
    linkPreview: previewOf(message.extendedTextMessage),
  };
}

/** Longer than any phone writes them; a stranger must not fill the log with one message. */
const MAX_WORDS = 4_096;

const cut = (words: string) => words.slice(0, MAX_WORDS);

function previewOf(
  text: proto.Message.IExtendedTextMessage | null | undefined,
): LinkPreview | null {
  const { matchedText, title, description } = text ?? {};
  if (!matchedText || !title) return null;
  return { url: cut(matchedText), title: cut(title), description: cut(description ?? "") || null };
}

interface Part {
  readonly contextInfo?: proto.IContextInfo | null;
}

/** The one part that is there; `conversation` is a bare string. */
function partOf(message: proto.IMessage): Part | undefined {
  const parts = Object.values(message) as readonly unknown[];
  return parts.find((value): value is Part => Boolean((value as Part | null)?.contextInfo));
}
