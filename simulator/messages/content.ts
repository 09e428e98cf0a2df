import type { proto } from "@whiskeysockets/baileys";
import type { MediaStore } from "../media/media-store.ts";
import { accountJid, parsePhone } from "../protocol/jid.ts";
import { type ChangeContent, composeChange, type Place } from "./change-content.ts";
import { composeMedia, type MediaContent } from "./media-content.ts";
import { composeStructured, type StructuredContent } from "./structured-content.ts";

interface Quoted {
  readonly id: string;
  /** Phone number of who wrote the quoted message. */
  readonly from: string;
}

interface TextContent {
  readonly text: string;
  readonly quoted?: Quoted;
  /** Phone numbers of those who are named. */
  readonly mentions?: readonly string[];
  /** In seconds. */
  readonly disappearsAfter?: number;
  /** What is shown of a link in the text. */
  readonly preview?: {
    readonly url: string;
    readonly title: string;
    readonly description?: string;
  };
}

/** What a phone can send. */
export type OutgoingContent =
  | TextContent
  | MediaContent
  | StructuredContent
  | ChangeContent
  /** Anything else, as it is encrypted. */
  | { readonly message: proto.IMessage; readonly kind?: MessageStanzaKind };

/** The `type` attribute of the stanza. */
export type MessageStanzaKind = "text" | "media" | "poll" | "reaction" | "event";

export interface ComposedMessage {
  readonly message: proto.IMessage;
  readonly kind: MessageStanzaKind;
  /** The `edit` attribute of the stanza, by which the server knows what it cannot read: a change. */
  readonly edit?: "1" | "2" | "7" | "8";
}

/**
 * Turns content into the message a phone encrypts; media is sealed and stored for download first.
 * @throws {SimulatorError} BAD_REQUEST for media without bytes
 */
export async function compose(
  content: OutgoingContent,
  place: Place,
  store: MediaStore,
  mediaHost: string,
): Promise<ComposedMessage> {
  if ("message" in content) return { kind: "text", ...content };
  if ("text" in content) return { message: textMessage(content), kind: "text" };
  if (isChange(content)) return composeChange(content, place);
  if ("location" in content || "contacts" in content || "poll" in content || "event" in content) {
    return composeStructured(content);
  }
  return { message: await composeMedia(content, store, mediaHost), kind: "media" };
}

const CHANGES = ["reaction", "edit", "deletion", "vote", "response", "pin", "keep"] as const;

function isChange(content: object): content is ChangeContent {
  return CHANGES.some((name) => name in content);
}

function textMessage(content: TextContent): proto.IMessage {
  const { text, quoted, mentions, disappearsAfter, preview } = content;
  const isBare = [quoted, mentions, disappearsAfter, preview].every((said) => said === undefined);
  if (isBare) return { conversation: text };
  const contextInfo: proto.IContextInfo = {};
  if (disappearsAfter !== undefined) contextInfo.expiration = disappearsAfter;
  if (mentions) {
    contextInfo.mentionedJid = mentions.map((phone) => accountJid(parsePhone(phone), "pn"));
  }
  if (quoted) {
    contextInfo.stanzaId = quoted.id;
    contextInfo.participant = accountJid(parsePhone(quoted.from), "pn");
    contextInfo.quotedMessage = { conversation: "" };
  }
  if (preview === undefined) return { extendedTextMessage: { text, contextInfo } };
  const { url: matchedText, ...shown } = preview;
  return { extendedTextMessage: { text, contextInfo, matchedText, ...shown } };
}
