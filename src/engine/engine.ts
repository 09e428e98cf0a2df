import type { Address } from "../domain/address.ts";
import type { AppStateChange } from "../domain/app-state.ts";
import type { Call } from "../domain/call.ts";
import type { ChannelNews } from "../domain/channel.ts";
import type { RawStanza } from "../domain/event.ts";
import type { GroupNews } from "../domain/group.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import type { Restriction } from "../domain/instance.ts";
import type { InstanceSettings } from "../domain/settings.ts";
import type { Attendance, Content, Media } from "../domain/content.ts";
import type { MessageStatus, Sender } from "../domain/message.ts";
import type { HistoryNotice } from "./history.ts";
import type { Close } from "./close.ts";
import type { AppStateCalls } from "./app-state-calls.ts";
import type { ChannelCalls } from "./channel-calls.ts";
import type { GroupCalls } from "./group-calls.ts";
import type { PeopleCalls } from "./people-calls.ts";
import type { PresenceNews } from "../domain/presence.ts";
import type { SessionImage, SessionState } from "./session-state.ts";

/** What the gateway needs of WhatsApp. Only `baileys/` knows the library that speaks it. */
export interface Engine extends AsyncDisposable {
  /**
   * Reads the session that Baileys has kept in a folder (`useMultiFileAuthState`).
   * @param files contents by file name
   * @throws GatewayError CREDENTIALS_INVALID
   */
  readAuthFolder(files: ReadonlyMap<string, string>): Promise<SessionImage>;
  /** Begins to connect at once and never throws: whatever goes wrong is reported as a close. */
  open(options: OpenOptions): Connection;
  /**
   * The plain bytes of the attachment of an encoded `Message`, fetched and decrypted as they are
   * read; no connection is needed. They are checked against the sender's checksums, so they are
   * only proven once the last one was given.
   * @param proxy the URL of the proxy to fetch it through
   * @throws GatewayError, while it is read: MEDIA_INVALID when they are not what the sender described, MEDIA_GONE when the host has them no more, MEDIA_UNREACHABLE when they cannot be had.
   */
  download(raw: Uint8Array, signal?: AbortSignal, proxy?: string | null): AsyncIterable<Uint8Array>;
  /**
   * Asks WhatsApp's media host whether it still has the attachment, without fetching it.
   * @throws GatewayError MEDIA_GONE when it has not, MEDIA_UNREACHABLE when it does not say, MEDIA_INVALID when the message names none
   */
  expectAttachment(raw: Uint8Array, signal?: AbortSignal, proxy?: string | null): Promise<void>;
}

export interface OpenOptions {
  readonly instanceId: InstanceId;
  readonly state: SessionState;
  readonly settings: ConnectionSettings;
  /**
   * Called in order, never after the close was reported; it must not throw. What it returns for
   * anything that no inbox holds (receipts, news, posts of channels) is waited for before WhatsApp
   * hears that we have it: it rejects when it was not stored.
   */
  readonly report: (fact: Fact) => Promise<void> | void;
  /** The encoded `Message` of something we sent, to answer a receiver that could not decrypt it. */
  readonly sentMessage: (id: MessageId) => Promise<Uint8Array | undefined>;
  /** The encoded `Message` of a poll or an appointment, which was reported before: what answers it is sealed with a secret in it. */
  readonly storedMessage: (name: MessageName) => Promise<Uint8Array | undefined>;
}

/** How an account shows itself to WhatsApp. */
export interface ConnectionSettings extends Pick<
  InstanceSettings,
  "fullHistory" | "browserName" | "whatsappVersion"
> {
  /** The URL of the proxy to connect through, with its credentials; `http:`, `https:` or `socks5:`. */
  readonly proxy: string | null;
}

/** One socket to WhatsApp, from connecting to its close. A new attempt is a new connection. */
export interface Connection {
  /** The groups that the account is in, asked of WhatsApp and changed there. */
  readonly groups: GroupCalls;
  /** The channels that there are, asked of WhatsApp and changed there. */
  readonly channels: ChannelCalls;
  /** The people whom the account deals with, and how it is shown to them. */
  readonly people: PeopleCalls;
  /** How the account keeps its chats, on all its devices. */
  readonly appState: AppStateCalls;
  /**
   * Asks for a code to type into the phone, to be called while a QR is shown.
   * @throws GatewayError UNAVAILABLE when the connection is not waiting to be linked.
   */
  requestPairingCode(phone: string): Promise<void>;
  /** Asks WhatsApp who has this number; nothing when nobody does. National variants are resolved by WhatsApp. */
  lookUp(phone: string): Promise<Address | undefined>;
  /** Builds the encoded `Message`, uploading its attachment first. The same bytes may be transmitted again after a crash. */
  prepare(content: OutgoingContent, to: Jid): Promise<PreparedMessage>;
  /**
   * Resolves when the bytes are written. Whether WhatsApp took it is reported as an `ack`.
   * @param audience who is shown a status, or what is done to one
   */
  transmit(
    id: MessageId,
    to: Jid,
    prepared: Uint8Array,
    audience?: readonly Jid[] | null,
  ): Promise<void>;
  /**
   * Asks the phone to upload the attachment of a message once more, which WhatsApp keeps for some weeks only.
   * @returns the encoded message with the new place
   * @throws GatewayError MEDIA_GONE when the phone does not have it either, MEDIA_UNREACHABLE when it does not answer in time
   */
  uploadAgain(name: MessageName, raw: Uint8Array): Promise<Uint8Array>;
  /** Unlinks this device at WhatsApp; at most 5 s, whether it answers or not. */
  logOut(): Promise<void>;
  /** Ends the socket within a second, and resolves once its state is stored (at most 5 s more). May be called twice; reports a close if none was reported. */
  close(): Promise<void>;
}

export interface PreparedMessage {
  readonly bytes: Uint8Array;
  readonly media: Media | null;
}

/** A message as it came, translated. `inbox` is the row that holds it until it is an event. */
export interface IncomingMessage extends Content {
  readonly id: MessageId;
  readonly chat: Address;
  readonly sender: Sender;
  readonly fromMe: boolean;
  readonly timestamp: Date;
  /** The encoded `Message`: kept for downloads, forwards and kinds that are not understood yet. */
  readonly raw: Uint8Array | null;
  readonly whileOffline: boolean;
  readonly inbox: string | null;
}

/** Which message of an account is meant. */
export interface MessageName {
  readonly id: MessageId;
  readonly chat: Address;
  readonly sender: Address;
  readonly fromMe: boolean;
}

/** What somebody did to a message that is there already. */
export interface IncomingChange {
  readonly chat: Address;
  readonly sender: Sender;
  readonly fromMe: boolean;
  readonly timestamp: Date;
  readonly whileOffline: boolean;
  /** The row that holds it until it is an event; null for a post of a channel, which `stanza` is for. */
  readonly inbox: string | null;
  readonly stanza: RawStanza | null;
  readonly target: {
    readonly id: MessageId;
    readonly sender: Address;
    readonly fromMe: boolean;
  };
  readonly change: Change;
}

export type Change =
  | { readonly kind: "EDIT"; readonly content: Content }
  | { readonly kind: "DELETE" }
  /** Null when it is taken back. */
  | { readonly kind: "REACTION"; readonly emoji: string | null }
  /** In its chat for so many seconds; null when it was unpinned. */
  | { readonly kind: "PIN"; readonly seconds: number | null }
  /** Of what would disappear: that it stays, or does not any more. */
  | { readonly kind: "KEEP"; readonly isKept: boolean }
  /** All that is chosen now; null when the vote could not be read. */
  | { readonly kind: "VOTE"; readonly options: readonly string[] | null }
  /** To an appointment; null when it could not be read. */
  | {
      readonly kind: "RESPONSE";
      readonly attendance: Attendance | null;
      readonly extraGuests: number;
    };

/** What came in a stanza of its own and is no message. What is returned for it is waited for as for a receipt, except for a presence. */
export interface News {
  readonly kind: "news";
  readonly event:
    | GroupNews
    | ChannelNews
    | PresenceNews
    | { readonly type: "call"; readonly call: Call };
  readonly at: Date;
  readonly whileOffline: boolean;
  /** Null for what never comes twice. */
  readonly stanza: RawStanza | null;
}

/** What a connection reports. The close is the last. */
export type Fact =
  | News
  | { readonly kind: "qr"; readonly text: string; readonly expiresAt: Date }
  | { readonly kind: "pairing-code"; readonly code: string; readonly expiresAt: Date }
  | { readonly kind: "open"; readonly me: Address; readonly name: string | null }
  | { readonly kind: "profile-name"; readonly name: string }
  /** Null when a restriction of this kind is lifted. */
  | {
      readonly kind: "restriction";
      readonly about: Restriction["kind"];
      readonly restriction: Restriction | null;
    }
  | { readonly kind: "message"; readonly message: IncomingMessage }
  | { readonly kind: "change"; readonly change: IncomingChange }
  | { readonly kind: "history"; readonly notice: HistoryNotice }
  | {
      readonly kind: "ack";
      readonly id: MessageId;
      readonly at: Date;
      readonly error: number | null;
      /** Of a post in a channel: its number there. */
      readonly serverId: string | null;
    }
  | {
      readonly kind: "receipt";
      readonly ids: readonly MessageId[];
      readonly chat: Jid;
      readonly participant: Jid | null;
      readonly status: Extract<MessageStatus, "DELIVERED" | "READ" | "PLAYED">;
      readonly at: Date;
    }
  /** The user has read these on the phone or another device. Waited for as a receipt is. */
  | {
      readonly kind: "read";
      readonly chat: Jid;
      readonly ids: readonly MessageId[];
      readonly at: Date;
    }
  /** What the account's devices have agreed on. Waited for as a receipt is; said again after a crash. */
  | {
      readonly kind: "app-state";
      readonly changes: readonly AppStateChange[];
      readonly whileOffline: boolean;
    }
  | { readonly kind: "close"; readonly close: Close };
