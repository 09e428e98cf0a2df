import { createHash } from "node:crypto";
import { basename } from "node:path";
import { GatewayError } from "../domain/errors.ts";
import type { OutgoingContent, Quoted } from "../domain/outgoing.ts";
import type { Staging } from "./attachment.ts";
import { inspectImage } from "./image.ts";
import type { MediaSource, SendContent } from "./messages.ts";
import { storableText } from "../domain/text.ts";

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
      return { content: { kind: "TEXT", text, quoted }, sha256: null };
    }
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
  if (content.kind === "TEXT") return ["TEXT", content.text];
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
