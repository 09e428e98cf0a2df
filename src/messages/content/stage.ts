import type {
  OutgoingContent,
  OutgoingContext,
  OutgoingFile,
  Original,
} from "../../domain/outgoing.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import { previewFor } from "../preview/preview-wish.ts";
import { checkStyle } from "../status/style.ts";
import { againOf, asItWas } from "./again.ts";
import { ATTACHMENT_MS, type Attachments, type StoredAttachment, streamOf } from "./attachment.ts";
import { checkAudio } from "./audio.ts";
import { documentOf } from "./document.ts";
import type { FileContent, SendContent } from "./draft.ts";
import type { Convert } from "./ffmpeg.ts";
import { checkImage } from "./image.ts";
import type { StagedFile, Staging } from "./staging.ts";
import { checkSticker } from "./sticker.ts";
import { checkAppointment, checkContacts, checkLocation, checkPoll } from "./structured.ts";
import { checkCaption, checkText } from "./text.ts";
import { checkVideo } from "./video.ts";

/** What was asked for, made ready to be stored: attachments are files now. */
export interface StagedContent {
  readonly content: OutgoingContent;
  /** Of the file as it was given, base64; null where there is none. */
  readonly sha256: string | null;
}

/** Writes files, and makes others of them where phones would not show what was given. */
export interface StageNeeds {
  readonly stage: Staging["stage"];
  readonly convert: Convert;
  /** Fetches the pages that links lead to. */
  readonly request: Outbound["request"];
  readonly attachments: Attachments & {
    readonly find: (uid: string) => Promise<StoredAttachment>;
  };
  /** Whether it leaves now: what waits for its time needs a file of its own, as WhatsApp keeps none for ever. */
  readonly isSoon: boolean;
  /** The message that is to be passed on. */
  readonly original: (named: Forwarded) => Promise<Original>;
}

type Forwarded = Extract<SendContent, { readonly kind: "FORWARD" }>;

const MIB = 1024 * 1024;

/** What WhatsApp takes of each kind; it takes documents of 2 GB, but a gateway that many share stays well below. */
const MAX_BYTES = {
  IMAGE: 16 * MIB,
  VIDEO: 64 * MIB,
  AUDIO: 16 * MIB,
  // Before it is made small enough.
  STICKER: 16 * MIB,
  DOCUMENT: 100 * MIB,
} as const satisfies Record<FileContent["kind"], number>;

/** @throws GatewayError BAD_INPUT, MESSAGE_NOT_FOUND, MEDIA_UNREACHABLE, MEDIA_GONE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS */
export async function stageContent(
  content: SendContent,
  context: OutgoingContext,
  needs: StageNeeds,
  name: string,
): Promise<StagedContent> {
  switch (content.kind) {
    case "TEXT": {
      const text = checkText(content.text);
      const preview = await previewFor(text, content.preview, needs.request);
      const style = content.style ? checkStyle(content.style) : null;
      return { content: { kind: "TEXT", text, preview, style, ...context }, sha256: null };
    }
    case "FORWARD": {
      const original = await needs.original(content);
      return { content: { kind: "FORWARD", original, ...context }, sha256: null };
    }
    case "LOCATION": {
      const location = checkLocation(content.location);
      return { content: { kind: "LOCATION", location, ...context }, sha256: null };
    }
    case "CONTACTS": {
      const contacts = checkContacts(content.contacts);
      return { content: { kind: "CONTACTS", contacts, ...context }, sha256: null };
    }
    case "POLL":
      return { content: { kind: "POLL", poll: checkPoll(content.poll), ...context }, sha256: null };
    case "EVENT": {
      const appointment = checkAppointment(content.appointment);
      return { content: { kind: "EVENT", appointment, ...context }, sha256: null };
    }
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "STICKER":
    case "DOCUMENT": {
      return stageFile(content, context, needs, name);
    }
  }
}

async function stageFile(
  given: FileContent,
  context: OutgoingContext,
  { stage, convert, attachments, isSoon }: StageNeeds,
  name: string,
): Promise<StagedContent> {
  let content = given;
  let { source } = given;
  const caption = "caption" in given ? checkCaption(given.caption) : null;
  if ("messageUid" in source) {
    const stored = await attachments.find(source.messageUid);
    content = asItWas(given, stored);
    const again = againOf(content, stored);
    if (again && isSoon) {
      const raw = await attachments.reusable(stored.uid, AbortSignal.timeout(ATTACHMENT_MS));
      const encoded = raw && Buffer.from(raw).toString("base64");
      if (encoded)
        return { content: { ...again, raw: encoded, caption, ...context }, sha256: null };
    }
    source = streamOf(stored, attachments);
  }
  const file = await stage(name, source, MAX_BYTES[content.kind]);
  const ready = await fileOf(content, file, convert);
  return { content: { ...ready, caption, ...context }, sha256: file.sha256 };
}

/** What phones need to know of the file, which is made into what they show where it has to be. */
async function fileOf(
  content: FileContent,
  file: StagedFile,
  convert: Convert,
): Promise<Omit<OutgoingFile, "caption">> {
  const shared = { kind: content.kind, path: file.path, fileName: null };
  switch (content.kind) {
    case "IMAGE":
      return { ...shared, ...(await checkImage(file.path)), ...once(content) };
    case "VIDEO": {
      const form = content.form ?? null;
      return { ...shared, form, ...(await checkVideo(file.path, form, convert)), ...once(content) };
    }
    case "AUDIO": {
      const form = content.isVoiceNote ? "VOICE_NOTE" : null;
      return { ...shared, form, ...(await checkAudio(file.path, form, convert)), ...once(content) };
    }
    case "STICKER":
      return { ...shared, ...(await checkSticker(file.path)) };
    case "DOCUMENT":
      return { ...shared, ...documentOf(content, file) };
  }
}

const once = ({ isViewOnce }: { readonly isViewOnce?: boolean | null }) => ({
  isViewOnce: isViewOnce ?? false,
});
