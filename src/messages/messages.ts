import type { Address } from "../domain/address.ts";
import type { Attendance, MessageKind } from "../domain/content.ts";
import type { InstanceId, MessageId } from "../domain/ids.ts";
import type { Deliverability, Pace, Pacing } from "../domain/instance.ts";
import type { StreamSource } from "../domain/media-source.ts";
import type { Message, MessageStatus, SendError, Sender } from "../domain/message.ts";
import type { AlbumItem } from "./album/album.ts";
import type { SendContent } from "./content/draft.ts";

export type * from "./content/draft.ts";
export type { PreviewWish } from "./preview/preview-wish.ts";

/** What callers do with messages: send them, and read what was sent and received. */
export interface Messages {
  /**
   * Stores the intent, then waits until it has reached `waitFor` or the wait is over, whichever is
   * first; the message is returned as it then is. A message the server refuses while the caller waits is an error.
   * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, INVALID_RECIPIENT, NOT_ON_WHATSAPP, MEDIA_UNREACHABLE,
   *   MEDIA_GONE, MEDIA_TOO_LARGE, MEDIA_INVALID, MESSAGE_NOT_FOUND, QUEUE_FULL, SEND_REJECTED, IDEMPOTENCY_MISMATCH, BAD_INPUT
   */
  send(request: SendRequest): Promise<SentMessage>;
  /**
   * Sends pictures and videos that phones show together. What is refused of an item stands on it.
   * @throws GatewayError as `send` does
   */
  sendAlbum(request: AlbumRequest): Promise<SentAlbum>;
  /**
   * Posts a status, as durably as a message is sent.
   * @throws GatewayError as `send` does
   */
  post(request: StatusRequest): Promise<SentMessage>;
  /**
   * Edits, deletes, pins or keeps a message, puts a reaction on it or answers it, as durably as a message is sent.
   * @throws GatewayError INSTANCE_NOT_FOUND, MESSAGE_NOT_FOUND, NOT_LINKED, TOO_LATE, QUEUE_FULL, SEND_REJECTED,
   *   IDEMPOTENCY_MISMATCH, BAD_INPUT
   */
  change(request: ChangeRequest): Promise<MadeChange>;
  /**
   * Puts a star or a label on a message, takes it off, or removes the message, on all devices of the account.
   * @throws GatewayError INSTANCE_NOT_FOUND, MESSAGE_NOT_FOUND, LABEL_NOT_FOUND, NOT_LINKED, TOO_LATE, CONFLICT, RATE_LIMITED, BAD_INPUT,
   *   UNAVAILABLE
   */
  mark(request: MarkRequest): Promise<MarkedMessage>;
  /**
   * Takes a message back that is still QUEUED.
   * @throws GatewayError INSTANCE_NOT_FOUND, MESSAGE_NOT_FOUND, TOO_LATE
   */
  cancel(instanceId: string, messageId: string): Promise<StoredMessage>;
  /** Whether messages of this account really get through. */
  deliverability(instanceId: InstanceId): Deliverability;
  /** What is left of the pace an account was given. */
  pace(instanceId: InstanceId, pacing: Pacing): Pace;
  /** How far a message came with each member of its group. */
  receipts(uid: string): Promise<readonly MemberStatus[]>;
  /** What people have put on these messages, by uid. */
  reactions(uids: readonly string[]): Promise<ReadonlyMap<string, readonly Reaction[]>>;
  /** Who has chosen what in these polls, by uid; who took their vote back is not among them. */
  votes(uids: readonly string[]): Promise<ReadonlyMap<string, readonly Vote[]>>;
  /** Who comes to these appointments, by uid. */
  responses(uids: readonly string[]): Promise<ReadonlyMap<string, readonly Response[]>>;
  /**
   * Newest first; `before`/`after` are cursors of an earlier page.
   * @throws GatewayError CURSOR_INVALID, BAD_INPUT for a text without words
   */
  list(query: MessageQuery): Promise<MessagePage>;
  /** The latest message of each of these chats, in their order, that was received or that the server has taken. */
  latest(chats: readonly ChatNames[]): Promise<readonly (StoredMessage | undefined)[]>;
  /**
   * The attachment of a message, as a file.
   * @throws GatewayError MESSAGE_NOT_FOUND, BAD_INPUT; while it is read MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID, UNAVAILABLE
   */
  attachment(uid: string): Promise<StreamSource>;
  /** A message by its uid. */
  find(uid: string): Promise<StoredMessage | undefined>;
}

export interface SendRequest extends SendOptions {
  readonly instanceId: string;
  /** Digits with or without `+` and punctuation, or a JID. */
  readonly to: string;
  readonly content: SendContent;
  /** The id of a message to answer, of this chat or another. */
  readonly quotedId?: string | null | undefined;
  /** Numbers or JIDs of those who are named in the text or caption. */
  readonly mentions?: readonly string[] | null | undefined;
  /** Names everybody in the group. */
  readonly mentionAll?: boolean | null | undefined;
  /** After how many seconds phones remove it: 86,400, 604,800 or 7,776,000. */
  readonly disappearsAfter?: number | null | undefined;
  /** For how long the account is shown to type, or to record, before it leaves: up to 60,000 milliseconds. */
  readonly typingMs?: number | null | undefined;
}

export interface AlbumRequest extends Omit<SendRequest, "content" | "mentions" | "mentionAll"> {
  readonly items: readonly AlbumItem[];
}

export interface StatusRequest extends SendOptions {
  readonly instanceId: string;
  readonly content: Extract<SendContent, { readonly kind: "TEXT" | "IMAGE" | "VIDEO" | "AUDIO" }>;
  /** Numbers or JIDs; null for all whom the account knows. */
  readonly audience: readonly string[] | null;
}

/** What all that is sent has in common. */
export interface SendOptions {
  readonly idempotencyKey?: string | null | undefined;
  /** QUEUED, SERVER_ACK or DELIVERED; SERVER_ACK if left out. */
  readonly waitFor?: "QUEUED" | "SERVER_ACK" | "DELIVERED" | null | undefined;
  /** Not before this time. It expires a day after it. */
  readonly scheduledAt?: Date | null | undefined;
  /** Milliseconds, 15,000 if left out and 60,000 at most. */
  readonly waitTimeoutMs?: number | null | undefined;
}

export interface ChangeRequest extends SendOptions {
  readonly instanceId: string;
  readonly messageId: string;
  /** Needed only where several chats have a message of that id. */
  readonly chatId?: string | null;
  readonly change: ChangeWish;
}

export interface MarkRequest {
  readonly instanceId: string;
  readonly messageId: string;
  /** Needed only where several chats have a message of that id. */
  readonly chatId?: string | null;
  readonly mark: MessageMark;
}

export type MessageMark =
  | { readonly kind: "STAR"; readonly isStarred: boolean }
  | { readonly kind: "REMOVAL" }
  | { readonly kind: "LABEL"; readonly labelId: string; readonly isLabeled: boolean };

export interface MarkedMessage {
  readonly messageId: MessageId;
  readonly chat: Address;
}

export type ChangeWish =
  | { readonly kind: "EDIT"; readonly text: string; readonly mentions?: readonly string[] | null }
  | { readonly kind: "DELETION" }
  /** Nothing takes the account's own reaction back. */
  | { readonly kind: "REACTION"; readonly emoji?: string | null }
  /** In seconds: 86,400, 604,800 or 2,592,000. */
  | { readonly kind: "PIN"; readonly seconds?: number | null }
  | { readonly kind: "UNPIN" }
  | { readonly kind: "KEEP" }
  | { readonly kind: "UNKEEP" }
  /** All that is chosen; nothing takes the vote back. */
  | { readonly kind: "VOTE"; readonly options: readonly string[] }
  | {
      readonly kind: "RESPONSE";
      readonly attendance: Attendance;
      readonly extraGuests?: number | null;
    };

/** A change on its way out, or made. */
export interface MadeChange {
  /** WhatsApp's id of the change itself. */
  readonly id: MessageId;
  readonly status: MessageStatus;
  readonly timestamp: Date;
  readonly error: SendError | null;
  /** The message as it is now. */
  readonly target: StoredMessage;
}

/** A message with the name the store knows it by; `uid` is also its cursor. */
export interface StoredMessage {
  readonly uid: string;
  readonly message: Message;
  /** When its text was last changed. */
  readonly editedAt: Date | null;
  /** When it was deleted for everyone; what it said is kept. */
  readonly deletedAt: Date | null;
  /** When it was to be sent; null for at once. */
  readonly scheduledAt: Date | null;
  /** Until when it is pinned in its chat; also a time that is over. */
  readonly pinnedUntil: Date | null;
  /** Since when it stays in its chat although it would disappear. */
  readonly keptAt: Date | null;
  /** Whether the account has put a star on it. */
  readonly starred: boolean;
}

/** What somebody has put on a message; one each. */
export interface Reaction {
  readonly sender: Sender;
  readonly fromMe: boolean;
  readonly emoji: string;
  readonly at: Date;
}

/** What somebody has chosen in a poll. */
export interface Vote {
  readonly voter: Sender;
  readonly fromMe: boolean;
  readonly options: readonly string[];
  readonly at: Date;
}

/** What somebody answers to an appointment. */
export interface Response {
  readonly sender: Sender;
  readonly fromMe: boolean;
  readonly attendance: Attendance;
  readonly extraGuests: number;
  readonly at: Date;
}

export interface MemberStatus {
  readonly participant: Address;
  readonly status: MessageStatus;
  readonly at: Date;
}

/** `to` is the address WhatsApp resolved the recipient to. */
export interface SentMessage extends StoredMessage {
  readonly to: string;
}

/** The message that begins an album, with what belongs to it in its order. */
export interface SentAlbum extends SentMessage {
  readonly items: readonly StoredMessage[];
}

/** A chat, by all names under which messages of it may be kept. */
export interface ChatNames {
  readonly instanceId: string;
  readonly ids: readonly string[];
}

export interface MessageQuery {
  readonly instanceId: string;
  readonly chatId?: string | null;
  /** By LID or by phone-number JID. */
  readonly sender?: string | null;
  readonly statuses?: readonly MessageStatus[] | null;
  readonly kinds?: readonly MessageKind[] | null;
  /** Not before this time. */
  readonly since?: Date | null;
  /** Before this time. */
  readonly until?: Date | null;
  readonly hasMedia?: boolean | null;
  /** Whether it waits for its time; null for all. */
  readonly isScheduled?: boolean | null;
  /** Only those with a star, or only those without. */
  readonly starred?: boolean | null;
  /** Only those with this label. */
  readonly labelId?: string | null;
  /** Words that all stand in the text; the last may be the beginning of one. Accents and case do not matter. */
  readonly text?: string | null;
  readonly limit: number;
  /** Only messages older than this cursor. */
  readonly olderThan?: string | null;
  /** Only messages newer than this cursor. */
  readonly newerThan?: string | null;
  /** Which end of the range the page is taken from. */
  readonly from: "NEWEST" | "OLDEST";
}

export interface MessagePage {
  /** Newest first, whichever end they were taken from. */
  readonly messages: readonly StoredMessage[];
  /** Whether the range holds more beyond the page. */
  readonly more: boolean;
}
