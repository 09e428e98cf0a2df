import { change } from "../api/client.ts";
import {
  MarkReadDocument,
  ReactToMessageDocument,
  SendAudioDocument,
  SendFileDocument,
  SendImageDocument,
  SendTextDocument,
  SendVideoDocument,
} from "../api/generated/operations.ts";
import type { Bubble } from "./message.ts";

interface Outgoing {
  readonly instanceId: string;
  readonly to: string;
  readonly quotedId: string | undefined;
}

/** Answered as soon as it is stored: how far it comes is told by events. @throws CallFailed */
export async function sendText(to: Outgoing, text: string): Promise<Bubble> {
  return change(SendTextDocument, { input: { ...commonOf(to), text } });
}

/** Puts an emoji on a message; the same one again takes it off. @throws CallFailed */
export async function react(
  { instanceId, chat, id, reactions }: Bubble,
  emoji: string,
): Promise<void> {
  const isOff = reactions.some((each) => each.fromMe && each.emoji === emoji);
  const input = { instanceId, chatId: chat.id, messageId: id, emoji: isOff ? null : emoji };
  await change(ReactToMessageDocument, { input });
}

/** What WhatsApp shows as a picture, plays as a film or as sound; everything else is a document. */
const PICTURES = new Set(["image/jpeg", "image/png", "image/webp"]);
const FILMS = new Set(["video/mp4", "video/3gpp", "video/quicktime"]);
const SOUNDS = new Set(["audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/amr"]);

/** @throws CallFailed */
export async function sendFile(to: Outgoing, file: File, caption: string): Promise<Bubble> {
  const plain = { ...commonOf(to), media: { upload: file } };
  const common = { ...plain, ...(caption && { caption }) };
  if (PICTURES.has(file.type)) return change(SendImageDocument, { input: common });
  if (FILMS.has(file.type)) return change(SendVideoDocument, { input: common });
  // What is heard has no caption.
  if (SOUNDS.has(file.type) && caption === "") return change(SendAudioDocument, { input: plain });
  return change(SendFileDocument, {
    input: { ...common, fileName: file.name, ...(file.type && { mimetype: file.type }) },
  });
}

/** Something that was just spoken. @throws CallFailed */
export async function sendVoiceNote(to: Outgoing, recording: File): Promise<Bubble> {
  const input = { ...commonOf(to), media: { upload: recording }, voiceNote: true };
  return change(SendAudioDocument, { input });
}

/** Tells the senders that what was received in a chat was read. @throws CallFailed */
export async function markRead(instanceId: string, chatId: string): Promise<void> {
  await change(MarkReadDocument, { input: { instanceId, chat: chatId } });
}

function commonOf({ quotedId, ...rest }: Outgoing) {
  return { ...rest, ...(quotedId && { quotedId }), waitFor: "QUEUED" } as const;
}
