import { createHash } from "node:crypto";
import type { MediaSource } from "../../domain/media-source.ts";
import type { FileContent, SendContent } from "./draft.ts";
import { checkAppointment, checkContacts, checkLocation, checkPoll } from "./structured.ts";

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
      return ["TEXT", content.text, ...[content.preview, content.style].filter(Boolean)];
    case "FORWARD":
      return ["FORWARD", content.messageId, content.chatId ?? null];
    case "LOCATION":
      return ["LOCATION", JSON.stringify(checkLocation(content.location))];
    case "CONTACTS":
      return ["CONTACTS", JSON.stringify(checkContacts(content.contacts))];
    case "POLL":
      return ["POLL", JSON.stringify(checkPoll(content.poll))];
    case "EVENT":
      return ["EVENT", JSON.stringify(checkAppointment(content.appointment))];
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "STICKER":
    case "DOCUMENT": {
      const source = sourceName(content.source, sha256);
      return source === null ? undefined : [content.kind, source, ...wishes(content)];
    }
  }
}

/** How the caller wants the file to be shown. */
function wishes(content: FileContent): readonly unknown[] {
  switch (content.kind) {
    case "IMAGE":
      return [content.caption ?? null, ...once(content)];
    case "VIDEO":
      return [content.caption ?? null, content.form ?? null, ...once(content)];
    case "AUDIO":
      return [content.isVoiceNote ?? false, ...once(content)];
    case "STICKER":
      return [];
    case "DOCUMENT":
      return [content.caption ?? null, content.fileName ?? null, content.mimetype ?? null];
  }
}

const once = ({ isViewOnce }: { readonly isViewOnce?: boolean | null }) =>
  isViewOnce ? ["once"] : [];

function sourceName(source: MediaSource, sha256: string | null): string | null {
  if ("url" in source) return source.url;
  if ("messageUid" in source) return `message ${source.messageUid}`;
  if ("base64" in source) return createHash("sha256").update(source.base64).digest("base64");
  return sha256;
}
