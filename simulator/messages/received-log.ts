import type { Addressing } from "../protocol/jid.ts";
import { SimulatorError } from "../errors.ts";

/** The contract promises at least 20,000 messages per phone; a short text takes about 0.5 KB. */
const MAX_MESSAGES = 20_000;

type ReceivedType =
  | "text"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "sticker"
  | "reaction"
  | "location"
  | "contact"
  | "poll"
  | "event"
  | "edited"
  | "deleted"
  | "pinned"
  | "unpinned"
  | "kept"
  | "unkept"
  | "album"
  | "vote"
  | "response"
  | "other";

/** A message as the person holding the phone sees it. */
export interface ReceivedMessage {
  readonly id: string;
  /** Phone number of the sender. */
  readonly from: string;
  /** This phone's number, or the group's JID. */
  readonly to: string;
  /** Phone number of the other side, or the group's JID. */
  readonly chat: string;
  readonly type: ReceivedType;
  readonly text?: string;
  readonly caption?: string;
  readonly mimetype?: string;
  readonly fileName?: string;
  /** Decrypted media. Absent when it could not be fetched (see `mediaError`) or was dropped for space. */
  readonly bytes?: Buffer;
  readonly sha256?: string;
  readonly mediaError?: string;
  /** A recorded voice, a round video, a video without sound that goes on and on, a sticker that moves. */
  readonly form?: "voice" | "note" | "gif" | "animated";
  /** Of sounds and videos, as the sender states it; for how long a message is pinned. */
  readonly seconds?: number;
  /** How loud a voice is over its length, from 0 to 100. */
  readonly waveform?: readonly number[];
  /** It can be looked at once only. */
  readonly viewOnce?: true;
  /** Id of the message that is quoted. */
  readonly quotedId?: string;
  /** Which part of the quoted message is shown, such as its image. */
  readonly quotedType?: "text" | "image" | "other";
  /** The chat of the quoted message, if it is another one. */
  readonly quotedChat?: string;
  /** Id of the message that is reacted to, edited, deleted, pinned, kept or answered. */
  readonly targetId?: string;
  readonly mentions?: readonly string[];
  /** Everybody in the group is named. */
  readonly mentionsAll?: true;
  readonly forwardingScore?: number;
  /** In seconds. */
  readonly disappearsAfter?: number;
  /** Of a status: its colour as ARGB, and WhatsApp's number of its letters. */
  readonly style?: { readonly background: number; readonly font: number };
  /** What is shown of a link in a text. */
  readonly preview?: {
    readonly url: string;
    readonly title: string;
    readonly description?: string;
    readonly thumbnail?: Buffer;
  };
  /** Of an album: how many pictures and videos belong to it. */
  readonly album?: { readonly images: number; readonly videos: number };
  /** Of a picture or video: the message that begins its album. */
  readonly albumId?: string;
  /** In degrees. */
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly vcards?: readonly string[];
  /** When an event begins, in Unix seconds. */
  readonly startsAt?: number;
  /** What votes in this poll, or answers to this event, are sealed with, base64. */
  readonly secret?: string;
  /** How many come along with who answers an event. */
  readonly guests?: number;
  /** The answers of a poll, whose question is the text; those that a vote chooses, if it could be opened. */
  readonly options?: readonly string[];
  /** Unix seconds, as the server stamped it. */
  readonly timestamp: number;
}

type Match = (message: ReceivedMessage) => boolean;

/** What a phone has received, newest last, each (sender, chat, id) once. */
export class ReceivedLog {
  #messages: ReceivedMessage[] = [];
  readonly #addressing = new Map<string, Addressing>();
  readonly #waiting = new Set<(message: ReceivedMessage) => void>();

  get messages(): readonly ReceivedMessage[] {
    return this.#messages;
  }

  has(from: string, chat: string, id: string): boolean {
    return this.#addressing.has(keyOf(from, chat, id));
  }

  /** How the message was addressed, which is how it is confirmed. */
  addressingOf(from: string, chat: string, id: string): Addressing | undefined {
    return this.#addressing.get(keyOf(from, chat, id));
  }

  add(message: ReceivedMessage, addressing: Addressing): void {
    this.#messages.push(message);
    this.#addressing.set(keyOf(message.from, message.chat, message.id), addressing);
    // Cut in strides: moving 20,000 entries for every message would cost more than the message.
    if (this.#messages.length > MAX_MESSAGES * 1.1) this.#trim();
    for (const notify of this.#waiting) notify(message);
  }

  /** Media bytes are the first thing to go when space runs out; the message itself stays. */
  dropBytes(message: ReceivedMessage): void {
    const index = this.#messages.indexOf(message);
    if (index === -1) return;
    const { bytes: _bytes, ...rest } = message;
    this.#messages[index] = rest;
  }

  /** @throws {SimulatorError} TIMEOUT when no message, old or new, matches in time */
  async waitFor(match: Match, timeoutMs: number): Promise<ReceivedMessage> {
    const known = this.#messages.find(match);
    if (known !== undefined) return known;
    const { promise, resolve, reject } = Promise.withResolvers<ReceivedMessage>();
    const notify = (message: ReceivedMessage) => {
      if (match(message)) resolve(message);
    };
    const timer = setTimeout(() => {
      reject(new SimulatorError("TIMEOUT", `no such message within ${timeoutMs} ms`));
    }, timeoutMs);
    this.#waiting.add(notify);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(notify);
    }
  }

  #trim(): void {
    for (const { from, chat, id } of this.#messages.splice(
      0,
      this.#messages.length - MAX_MESSAGES,
    )) {
      this.#addressing.delete(keyOf(from, chat, id));
    }
  }
}

function keyOf(from: string, chat: string, id: string): string {
  return `${from}|${chat}|${id}`;
}
