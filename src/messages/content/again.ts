import type { MediaForm } from "../../domain/content.ts";
import type { OutgoingAgain } from "../../domain/outgoing.ts";
import type { StoredAttachment } from "./attachment.ts";
import type { FileContent } from "./draft.ts";

/** Left out, it is shown as it was. */
export function asItWas(content: FileContent, { media }: StoredAttachment): FileContent {
  if (content.kind === "VIDEO") {
    const { form } = media;
    const was = form === "GIF" || form === "VIDEO_NOTE" ? form : null;
    return { ...content, form: content.form ?? was };
  }
  if (content.kind === "AUDIO") {
    return { ...content, isVoiceNote: content.isVoiceNote ?? media.form === "VOICE_NOTE" };
  }
  return content;
}

/**
 * The attachment as what it is at WhatsApp already; nothing where it is to become something else: the kind is
 * part of its encryption, and a voice note is no song.
 */
export function againOf(
  content: FileContent,
  { kind, media }: StoredAttachment,
): Omit<OutgoingAgain, "raw" | "caption"> | undefined {
  if (kind !== content.kind) return undefined;
  const form = formOf(content);
  // A sticker moves or does not: nobody says so.
  if (form !== media.form && kind !== "STICKER") return undefined;
  const isViewOnce = "isViewOnce" in content ? (content.isViewOnce ?? false) : false;
  return { kind: content.kind, media: { ...media, ...namesIn(content) }, isViewOnce };
}

function formOf(content: FileContent): MediaForm | null {
  if (content.kind === "VIDEO") return content.form ?? null;
  return content.kind === "AUDIO" && content.isVoiceNote ? "VOICE_NOTE" : null;
}

function namesIn(content: FileContent) {
  if (content.kind !== "DOCUMENT") return {};
  const { fileName, mimetype } = content;
  return { ...(fileName && { fileName }), ...(mimetype && { mimetype }) };
}
