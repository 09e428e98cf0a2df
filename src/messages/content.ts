import { createHash } from "node:crypto";
import { basename } from "node:path";
import { bareJid, isLid, isPn, phoneDigits, PN_SERVER } from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { Jid } from "../domain/ids.ts";
import type { OutgoingContent, Quoted } from "../domain/outgoing.ts";
import type { Staging } from "./attachment.ts";
import { inspectImage } from "./image.ts";
import type { MediaSource, SendContent } from "./messages.ts";
import { storableText } from "../domain/text.ts";
import { checkContacts, checkLocation, checkPoll } from "./structured.ts";

const MIB = 1024 * 1024;

/** WhatsApp refuses images over 16 MB. */
const MAX_IMAGE_BYTES = 16 * MIB;

/** WhatsApp takes documents of 2 GB; a gateway that many share stays well below. */
const MAX_DOCUMENT_BYTES = 100 * MIB;

/** WhatsApp cuts texts at 65,536 characters. */
const MAX_TEXT = 65_536;

/** What was asked for, made ready to be stored: attachments are files now. */
export interface StagedContent {
  readonly content: OutgoingContent;
  /** Of the file, base64; null where there is none. */
  readonly sha256: string | null;
}

/** @throws GatewayError BAD_INPUT, MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS */
export async function stageContent(
  content: SendContent,
  quoted: Quoted | null,
  { stage }: Pick<Staging, "stage">,
  name: string,
): Promise<StagedContent> {
  switch (content.kind) {
    case "TEXT": {
      const text = checkText(content.text, "text");
      if (text.trim() === "") throw new GatewayError("BAD_INPUT", "The text is empty.");
      const mentions = checkMentions(content.mentions ?? []);
      return { content: { kind: "TEXT", text, mentions, quoted }, sha256: null };
    }
    case "LOCATION": {
      const location = checkLocation(content.location);
      return { content: { kind: "LOCATION", location, quoted }, sha256: null };
    }
    case "CONTACTS": {
      const contacts = checkContacts(content.contacts);
      return { content: { kind: "CONTACTS", contacts, quoted }, sha256: null };
    }
    case "POLL":
      return { content: { kind: "POLL", poll: checkPoll(content.poll), quoted }, sha256: null };
    case "IMAGE": {
      const caption = content.caption ? checkText(content.caption, "caption") : null;
      const file = await stage(name, content.source, MAX_IMAGE_BYTES);
      const { mimetype, thumbnail } = await inspectImage(file.path);
      return {
        content: {
          kind: "IMAGE",
          path: file.path,
          mimetype,
          fileName: null,
          caption,
          thumbnail,
          quoted,
        },
        sha256: file.sha256,
      };
    }
    case "DOCUMENT": {
      const caption = content.caption ? checkText(content.caption, "caption") : null;
      const file = await stage(name, content.source, MAX_DOCUMENT_BYTES);
      const mimetype = content.mimetype ?? file.mimetype ?? "application/octet-stream";
      const fileName = basename(content.fileName ?? file.fileName ?? "file");
      return {
        content: {
          kind: "DOCUMENT",
          path: file.path,
          mimetype,
          fileName,
          caption,
          thumbnail: null,
          quoted,
        },
        sha256: file.sha256,
      };
    }
  }
}

/**
 * What tells two requests apart: what the caller gave, and not what came of it (the file behind an
 * address, or its type, may change between two equal calls).
 * @param sha256 of the file, once it is there
 * @returns nothing for an upload that has not been read yet
 */
export function fingerprintOf(
  content: SendContent,
  sha256: string | null,
): readonly unknown[] | undefined {
  switch (content.kind) {
    case "TEXT":
      return content.mentions?.length
        ? ["TEXT", content.text, ...content.mentions]
        : ["TEXT", content.text];
    case "LOCATION":
      return ["LOCATION", JSON.stringify(checkLocation(content.location))];
    case "CONTACTS":
      return ["CONTACTS", JSON.stringify(checkContacts(content.contacts))];
    case "POLL":
      return ["POLL", JSON.stringify(checkPoll(content.poll))];
    case "IMAGE":
    case "DOCUMENT":
  }
  const source = sourceName(content.source, sha256);
  if (source === null) return undefined;
  const { kind, caption = null } = content;
  if (kind === "IMAGE") return [kind, source, caption];
  return [kind, source, caption, content.fileName ?? null, content.mimetype ?? null];
}

function sourceName(source: MediaSource, sha256: string | null): string | null {
  if ("url" in source) return source.url;
  if ("base64" in source) return createHash("sha256").update(source.base64).digest("base64");
  return sha256;
}

function checkText(text: string, name: string): string {
  if (text.length > MAX_TEXT) {
    throw new GatewayError("BAD_INPUT", `The ${name} has more than ${MAX_TEXT} characters.`);
  }
  return storableText(text);
}

/** More people than a group can have are named by nobody who means it. */
const MAX_MENTIONS = 1_024;

/** @throws GatewayError BAD_INPUT */
function checkMentions(mentions: readonly string[]): readonly Jid[] {
  if (mentions.length > MAX_MENTIONS) {
    throw new GatewayError("BAD_INPUT", `At most ${MAX_MENTIONS} people can be named.`);
  }
  return [...new Set(mentions.map(personOf))];
}

function personOf(text: string): Jid {
  const jid = text.includes("@") ? bareJid(text.trim()) : `${phoneDigits(text)}@${PN_SERVER}`;
  if (/^\d{5,20}@/.test(jid) && (isLid(jid) || isPn(jid))) return jid as Jid;
  throw new GatewayError("BAD_INPUT", `"${text.slice(0, 80)}" is nobody that can be named.`);
}
