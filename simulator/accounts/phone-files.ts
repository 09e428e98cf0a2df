import type { proto } from "@whiskeysockets/baileys";
import { canonical } from "../protocol/jid.ts";

/** Attachments that a phone can find again; of a test the newest thousands are enough. */
const MAX_FILES = 20_000;

/** A file on a phone: where it was fetched from, and what it is sealed with. */
export interface PhoneFile {
  readonly directPath: string;
  readonly mediaKey: Uint8Array;
}

/** The attachments that are on a phone, by the message that brought them. */
export class PhoneFiles {
  readonly #files = new Map<string, PhoneFile>();

  /** @param chat the other side or the group, in any spelling */
  keep(chat: string, id: string, message: proto.IMessage): void {
    const part = attachmentOf(message);
    if (!part?.directPath || !part.mediaKey) return;
    this.#files.set(keyOf(chat, id), { directPath: part.directPath, mediaKey: part.mediaKey });
    if (this.#files.size <= MAX_FILES) return;
    const oldest = this.#files.keys().next().value;
    if (oldest !== undefined) this.#files.delete(oldest);
  }

  find(chat: string | undefined, id: string): PhoneFile | undefined {
    return this.#files.get(keyOf(chat, id));
  }

  clear(): void {
    this.#files.clear();
  }
}

interface Part {
  readonly directPath?: string | null;
  readonly mediaKey?: Uint8Array | null;
}

function attachmentOf(message: proto.IMessage): Part | null | undefined {
  const inner =
    message.viewOnceMessage?.message ??
    message.ephemeralMessage?.message ??
    message.documentWithCaptionMessage?.message ??
    message;
  return (
    inner.imageMessage ??
    inner.videoMessage ??
    inner.ptvMessage ??
    inner.audioMessage ??
    inner.documentMessage ??
    inner.stickerMessage
  );
}

function keyOf(chat: string | undefined, id: string): string {
  return `${canonical(chat)}|${id}`;
}
