/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What somebody answers to an appointment. */
export type Attendance =
  /** They come. */
  | 'GOING'
  /** They do not know yet. */
  | 'MAYBE'
  /** They do not come. */
  | 'NOT_GOING';

/** What became of a call. */
export type CallStatus =
  /** It was taken, on the phone or on another linked device. */
  | 'ACCEPTED'
  /** It is over: the caller has hung up, before or after it was taken. */
  | 'ENDED'
  /** It rings. */
  | 'OFFERED'
  /** It was refused, on the phone or on another linked device. */
  | 'REJECTED'
  /** Nobody took it. */
  | 'TIMED_OUT';

/** Whether WhatsApp shows a channel. */
export type ChannelState =
  /** It does. */
  | 'ACTIVE'
  /** It was deleted. */
  | 'DELETED'
  /** It does not in some countries. */
  | 'GEO_SUSPENDED'
  /** It does not, to anybody. */
  | 'SUSPENDED';

/** Which chats are wanted. What is left out is not asked about. */
export type ChatFilter = {
  /** Only archived chats; with false, only those that are not. */
  readonly archived?: boolean | null | undefined;
  /** Only chats of these kinds. */
  readonly kinds?: ReadonlyArray<ChatKind> | null | undefined;
  /** Only chats with this label. */
  readonly labelId?: string | number | null | undefined;
  /** Only chats with unread messages; with false, only those without. */
  readonly unread?: boolean | null | undefined;
};

/** What a chat is. */
export type ChatKind =
  /** A channel. */
  | 'CHANNEL'
  /** With one person. */
  | 'DIRECT'
  /** A group. */
  | 'GROUP'
  /** The status updates of contacts. */
  | 'STATUS';

/** Why a connection to WhatsApp ended. */
export type CloseReason =
  /** WhatsApp sent what could not be read. The gateway reconnects. */
  | 'BAD_FRAME'
  /** WhatsApp ended the session with an internal error. The gateway reconnects. */
  | 'BAD_SESSION'
  /** WhatsApp refuses this client version. Set WHATSAPP_VERSION or update. */
  | 'CLIENT_OUTDATED'
  /** The socket was closed. The gateway reconnects. */
  | 'CONNECTION_CLOSED'
  /** WhatsApp stopped answering. The gateway reconnects. */
  | 'CONNECTION_LOST'
  /** WhatsApp refuses this account: it may be banned. Stays stopped. */
  | 'FORBIDDEN'
  /** The gateway was stopped or died. It reconnects at its next start. */
  | 'GATEWAY_STOPPED'
  /** The device was unlinked. Link it again. */
  | 'LOGGED_OUT'
  /** The account does not take linked devices as they are. Stays stopped. */
  | 'MULTIDEVICE_MISMATCH'
  /** The proxy of the instance cannot be reached or lets nothing through. The gateway tries again. */
  | 'PROXY_FAILED'
  /** No one scanned the QR code. Ask for a QR code to start linking again. */
  | 'QR_EXPIRED'
  /** Another client took over this very session. Stays stopped until it is started. */
  | 'REPLACED'
  /** The instance was restarted by a call. A new connection follows at once. */
  | 'RESTARTED_BY_USER'
  /** WhatsApp asked for a new connection, which follows at once. */
  | 'RESTART_REQUIRED'
  /** WhatsApp is not available now. The gateway reconnects. */
  | 'SERVICE_UNAVAILABLE'
  /** The instance was stopped by a call. Start it again with a call. */
  | 'STOPPED_BY_USER'
  /** The gateway's database failed. The gateway reconnects. */
  | 'STORE_FAILED'
  /** WhatsApp did not answer in time. The gateway reconnects. */
  | 'TIMED_OUT'
  /** The server did not open a WebSocket. The gateway reconnects. */
  | 'UPGRADE_REFUSED';

/** A new key. Nobody gives what they do not have themselves. */
export type CreateApiKeyInput = {
  /** The only addresses and networks it may be used from, such as `10.0.0.0/8`. All if left out. */
  readonly cidrs?: ReadonlyArray<string> | null | undefined;
  /** When it ends by itself. */
  readonly expiresAt?: string | null | undefined;
  /** The only instances that exist for it; they need not be there yet. All instances if left out. */
  readonly instanceIds?: ReadonlyArray<string | number> | null | undefined;
  /** What it is for: up to 100 characters. */
  readonly name: string;
  /** Operations per minute. As many as one likes if left out. */
  readonly ratePerMinute?: number | null | undefined;
  /** What may be done with it: instances:read, instances:write, qr:read, messages:read, messages:send, contacts, groups, webhooks:read, webhooks:write, keys:admin, metrics:read. */
  readonly scopes: ReadonlyArray<string>;
};

/** A new instance. */
export type CreateInstanceInput = {
  /** Its id for ever: up to 64 letters, digits, - and _, the first a letter or digit. Made up if left out. */
  readonly id?: string | number | null | undefined;
  /** A label for people. */
  readonly name?: string | null | undefined;
  /** A webhook for its events, there before the first of them. */
  readonly webhook?: CreateWebhookInput | null | undefined;
};

/** A new webhook. */
export type CreateWebhookInput = {
  /** Of events that belong to a chat only those of such chats. All if left out. */
  readonly chatKinds?: ReadonlyArray<ChatKind> | null | undefined;
  /** A note for people. */
  readonly description?: string | null | undefined;
  /** Of message events only those that go this way. Both if left out. */
  readonly direction?: MessageDirection | null | undefined;
  /** Whether it gets events from now on: true if left out. */
  readonly enabled?: boolean | null | undefined;
  /** Event types and patterns such as `message.*`. All events if left out. */
  readonly events?: ReadonlyArray<string> | null | undefined;
  /** Sent with every delivery, for receivers that ask for a key of their own. */
  readonly headers?: ReadonlyArray<HeaderInput> | null | undefined;
  /** Whether attachments of up to 1 MiB travel inside the deliveries, as base64: false if left out. */
  readonly inlineMedia?: boolean | null | undefined;
  /** PER_CHAT if left out. */
  readonly ordering?: WebhookOrdering | null | undefined;
  /** Milliseconds from each try to the next. Ten tries over three days if left out. */
  readonly retryDelaysMs?: ReadonlyArray<number> | null | undefined;
  /** Where to POST events: http or https, without user and password in it. */
  readonly url: string;
};

/** A preview in your own words. Nothing is fetched for it. */
export type CustomPreviewInput = {
  /** Up to 1,000 characters. */
  readonly description?: string | null | undefined;
  /** A JPEG, PNG, WebP or GIF image in base64, up to 1 MiB. It is made small. */
  readonly thumbnail?: string | null | undefined;
  /** Up to 1,000 characters. */
  readonly title: string;
  /** The link, as it stands in the text. */
  readonly url: string;
};

/** Whether messages get through to WhatsApp's server. */
export type DeliverabilityState =
  /** A message has waited for its acknowledgement for more than 30 seconds. */
  | 'STALLED'
  /** Nothing was sent since the gateway started. */
  | 'UNKNOWN'
  /** The server has acknowledged what was sent last. */
  | 'WORKING';

/** Where a delivery stands. */
export type DeliveryState =
  /** The receiver answered with a status from 200 to 299. */
  | 'DELIVERED'
  /** Given up: every attempt failed. Replay it when the receiver works again. */
  | 'FAILED'
  /** Waiting for its first or next attempt. */
  | 'PENDING';

/** What went wrong, in words that stay the same. Build on these, not on messages. */
export type ErrorCode =
  /** The instance is linked and needs no QR or pairing code. */
  | 'ALREADY_CONNECTED'
  /** Something in the call is not as it has to be; the message says what. */
  | 'BAD_INPUT'
  /** There is no batch with this id. */
  | 'BATCH_NOT_FOUND'
  /** No such call rings at this moment. */
  | 'CALL_NOT_FOUND'
  /** There is no such channel, or it was deleted. */
  | 'CHANNEL_NOT_FOUND'
  /** The account knows no such chat. */
  | 'CHAT_NOT_FOUND'
  /** Other devices of the account changed the same at that moment: nothing was changed. Try again. */
  | 'CONFLICT'
  /** The files are not the session of a linked device. */
  | 'CREDENTIALS_INVALID'
  /** The cursor is ahead of the log: the database was restored from a backup. */
  | 'CURSOR_AHEAD'
  /** Events after this cursor are no longer kept: start again from `oldest`. */
  | 'CURSOR_EXPIRED'
  /** The cursor comes from another database. */
  | 'CURSOR_FOREIGN'
  /** This is not a cursor of the event log. */
  | 'CURSOR_INVALID'
  /** There is no delivery with this id, or no longer. */
  | 'DELIVERY_NOT_FOUND'
  /** The key is known and may not do this. */
  | 'FORBIDDEN'
  /** There is no such group, or the account is not in it. */
  | 'GROUP_NOT_FOUND'
  /** The idempotency key was used before, with other arguments. */
  | 'IDEMPOTENCY_MISMATCH'
  /** The id is taken by another instance. */
  | 'INSTANCE_EXISTS'
  /** There is no instance with this id. */
  | 'INSTANCE_NOT_FOUND'
  /** The gateway may not or cannot call this address. */
  | 'INVALID_ADDRESS'
  /** The recipient is neither a phone number nor a JID. */
  | 'INVALID_RECIPIENT'
  /** The link leads to no group or channel. It may have been made void. */
  | 'INVITE_INVALID'
  /** There is no API key with this id. */
  | 'KEY_NOT_FOUND'
  /** The account has no such label. */
  | 'LABEL_NOT_FOUND'
  /** The file is kept nowhere any more, neither by WhatsApp nor by the phone. */
  | 'MEDIA_GONE'
  /** The file is not what it is said to be, or cannot be read. */
  | 'MEDIA_INVALID'
  /** The file is larger than WhatsApp or the gateway takes. */
  | 'MEDIA_TOO_LARGE'
  /** The file could not be fetched from its address. */
  | 'MEDIA_UNREACHABLE'
  /** There is no such message. */
  | 'MESSAGE_NOT_FOUND'
  /** WhatsApp does not let the account do this, as it is no admin of the group or channel. */
  | 'NOT_ALLOWED'
  /** The instance was never linked or is logged out: link it first. */
  | 'NOT_LINKED'
  /** Nobody on WhatsApp has this number. */
  | 'NOT_ON_WHATSAPP'
  /** Another process has taken over this instance. Try again. */
  | 'OWNERSHIP_LOST'
  /** The passphrase does not open the file, or the file was changed. */
  | 'PASSPHRASE_WRONG'
  /** There is no QR code to show now; the message says why. */
  | 'QR_UNAVAILABLE'
  /** Too many messages of this instance wait to be sent: slow down. */
  | 'QUEUE_FULL'
  /** Too often: wait as long as `Retry-After` says, or some minutes where it was WhatsApp that refused. */
  | 'RATE_LIMITED'
  /** WhatsApp refused the message; its code comes along. */
  | 'SEND_REJECTED'
  /** The database did not take it. Nothing was changed; try again. */
  | 'STORE_FAILED'
  /** The message has left, or has ended some other way. */
  | 'TOO_LATE'
  /** No key, or one that is not known. */
  | 'UNAUTHENTICATED'
  /** Not now: the gateway or the connection is not ready. Try again. */
  | 'UNAVAILABLE'
  /** There is no webhook with this id. */
  | 'WEBHOOK_NOT_FOUND';

/** Which events are wanted. What is left out is not asked about. */
export type EventFilter = {
  /** Only events of these chats, by LID or phone-number JID. */
  readonly chatIds?: ReadonlyArray<string | number> | null | undefined;
  /** Only events of these instances. */
  readonly instanceIds?: ReadonlyArray<string | number> | null | undefined;
  /** Types and patterns: `message.received`, `message.*`, `*`. */
  readonly types?: ReadonlyArray<string> | null | undefined;
};

/** An HTTP header. */
export type HeaderInput = {
  /** Such as `X-Tenant`. */
  readonly name: string;
  /** Kept encrypted and never shown again. */
  readonly value: string;
};

/** Which part of its history a phone hands over. */
export type HistoryPhase =
  /** All there is. */
  | 'FULL'
  /** The newest of every chat, right after it was linked. */
  | 'INITIAL'
  /** What people call themselves. */
  | 'NAMES'
  /** What was asked for. */
  | 'ON_DEMAND'
  /** The last weeks. */
  | 'RECENT';

/** What to change of an instance's settings. What is left out stays. */
export type InstanceSettingsInput = {
  /** Whether it is shown as online whenever it is connected. Its phone may stop to notify its owner meanwhile. */
  readonly alwaysOnline?: boolean | null | undefined;
  /** The name under which the phone shows it among its linked devices, up to 50 characters. Null: the gateway's own. Heard at linking. */
  readonly browserName?: string | null | undefined;
  /** Whether the phone is asked for all its history when it links. Heard at linking. */
  readonly fullHistory?: boolean | null | undefined;
  /** The same for posts of channels. */
  readonly ignoreChannels?: boolean | null | undefined;
  /** Whether what is said in groups is left out: it makes no event and is not stored. WhatsApp is told that it arrived. */
  readonly ignoreGroups?: boolean | null | undefined;
  /** The same for what contacts post for all to see. */
  readonly ignoreStatus?: boolean | null | undefined;
  /** The proxy to connect through from the next connection on, for messages and attachments: `http://user:password@host:3128`, `https://…` or `socks5://…`; null for none. Kept encrypted; user and password are never shown again. One inside a private network has to be named in PRIVATE_TARGETS, as for webhooks. */
  readonly proxy?: string | null | undefined;
  /** Whether what comes in from people and groups is marked as read: the blue ticks. */
  readonly readMessages?: boolean | null | undefined;
  /** Whether calls are refused as soon as they ring. */
  readonly rejectCalls?: boolean | null | undefined;
  /** What the caller is then told, as an ordinary message of up to 4,096 characters. Null: nothing. Who calls a group is told nothing. */
  readonly rejectCallsText?: string | null | undefined;
  /** Whether the gateway keeps copies of attachments that come from now on. Means something only where the operator has set MEDIA_STORE. */
  readonly storeMedia?: boolean | null | undefined;
  /** The client version to claim, such as `2.3000.1023`. Null: the gateway's own. Used from the next connection on. */
  readonly whatsappVersion?: string | null | undefined;
};

/** Where an instance stands. */
export type InstanceStatus =
  /** Waiting for the phone to scan the QR code or enter the pairing code. */
  | 'AWAITING_SCAN'
  /** Connecting to WhatsApp. */
  | 'CONNECTING'
  /** Made, and not yet connected for the first time. */
  | 'CREATED'
  /** Not linked any more. Ask for a QR code to link it again. */
  | 'LOGGED_OUT'
  /** Linked and connected: messages go both ways. */
  | 'OPEN'
  /** The connection broke and is being made again. Sends are queued. */
  | 'RECONNECTING'
  /** Disconnected, by a call or for the reason in `lastDisconnect`. Sends are queued. */
  | 'STOPPED';

/** What happened to a request to be let into a group. */
export type JoinRequestAction =
  /** Somebody asks to be let in. */
  | 'CREATED'
  /** An admin has refused them. */
  | 'REJECTED'
  /** They have taken it back. */
  | 'REVOKED';

/** What is shown of a link in a text: one of these. */
export type LinkPreviewInput =
  {   /** The gateway fetches the page behind the first link, and its picture, in up to 5 seconds together; when that fails the text goes without a preview. */
  readonly auto: boolean; readonly custom?: never; }
  |  { readonly auto?: never;   /** A preview of your own. */
  readonly custom: CustomPreviewInput; };

/** What to mark as read. */
export type MarkReadInput = {
  /** The chat: a phone number or a JID. */
  readonly chat: string;
  /** The account that has read. */
  readonly instanceId: string | number;
  /** Which of the messages received there, up to 256. Left out for the newest 100 that were received. */
  readonly messageIds?: ReadonlyArray<string | number> | null | undefined;
};

/** How phones show an attachment. */
export type MediaForm =
  /** A sticker that moves. */
  | 'ANIMATED'
  /** A video without sound that plays by itself, over and over. */
  | 'GIF'
  /** A round video. */
  | 'VIDEO_NOTE'
  /** A recorded voice. */
  | 'VOICE_NOTE';

/** A file to send: exactly one of these. */
export type MediaInput =
  {   /** The bytes, in base64. */
  readonly base64: string; readonly messageUid?: never; readonly upload?: never; readonly url?: never; }
  |  { readonly base64?: never;   /** The attachment of a message that was received or sent before, by its `uid`. It is shown as it was there unless the input says otherwise, and is not uploaded again where WhatsApp allows that. */
  readonly messageUid: string | number; readonly upload?: never; readonly url?: never; }
  |  { readonly base64?: never; readonly messageUid?: never;   /** A part of a multipart request. */
  readonly upload: File; readonly url?: never; }
  |  { readonly base64?: never; readonly messageUid?: never; readonly upload?: never;   /** Fetched by the gateway, over http or https. */
  readonly url: string; };

/** What happened to members of a group. */
export type MemberAction =
  /** They were added, or joined by a link. */
  | 'ADDED'
  /** They have another phone number. */
  | 'CHANGED_NUMBER'
  /** They are no admins any more. */
  | 'DEMOTED'
  /** They left. */
  | 'LEFT'
  /** They are admins now. */
  | 'PROMOTED'
  /** An admin removed them. */
  | 'REMOVED';

/** Which way a message goes. */
export type MessageDirection =
  /** To the account. */
  | 'INBOUND'
  /** From the account. */
  | 'OUTBOUND';

/** What a message is made of. Each kind is a type of its own, too. */
export type MessageKind =
  /** The beginning of an album: its pictures and videos follow, each a message of its own. */
  | 'ALBUM'
  /** A voice message or a sound file. */
  | 'AUDIO'
  /** One or more contact cards. */
  | 'CONTACTS'
  /** A file, perhaps with a caption. */
  | 'DOCUMENT'
  /** An appointment. */
  | 'EVENT'
  /** A picture, perhaps with a caption. */
  | 'IMAGE'
  /** A place on the map. */
  | 'LOCATION'
  /** A question with answers to choose from. */
  | 'POLL'
  /** A sticker. */
  | 'STICKER'
  /** Text only. */
  | 'TEXT'
  /** It could not be decrypted. The sender's phone is asked to send it again. */
  | 'UNDECRYPTABLE'
  /** Of a kind that the gateway does not show yet. It is kept. */
  | 'UNSUPPORTED'
  /** A video, perhaps with a caption. */
  | 'VIDEO';

/** How far a message has come. It only moves forward. */
export type MessageStatus =
  /** It was cancelled before it left. */
  | 'CANCELLED'
  /** It is on a device of the receiver. */
  | 'DELIVERED'
  /** It waited too long to be sent and was given up. */
  | 'EXPIRED'
  /** It was refused, see `error`. It will not be sent again. */
  | 'FAILED'
  /** The receiver has played the voice message or video. */
  | 'PLAYED'
  /** Stored; leaves when the connection is open and it is its turn. */
  | 'QUEUED'
  /** The receiver has read it. */
  | 'READ'
  /** On its way to WhatsApp's server. It may or may not be there. */
  | 'SENDING'
  /** WhatsApp's server has it. */
  | 'SERVER_ACK';

/** How fast an account may send. */
export type PacingInput = {
  /** 1 if left out. */
  readonly burst?: number | null | undefined;
  /** 0 to 1; 0.2 if left out. */
  readonly jitter?: number | null | undefined;
  /** More than 0, at most 6000. */
  readonly perMinute: number;
};

/** What somebody does at this moment. */
export type Presence =
  /** They have WhatsApp open. */
  | 'AVAILABLE'
  /** They type. */
  | 'COMPOSING'
  /** They have stopped to type or record. */
  | 'PAUSED'
  /** They record a voice note. */
  | 'RECORDING'
  /** They do not have it open. */
  | 'UNAVAILABLE';

/** How a proxy is spoken to. The names of WhatsApp's hosts are resolved by the proxy. */
export type ProxyProtocol =
  /** CONNECT over plain HTTP. */
  | 'HTTP'
  /** CONNECT over TLS. */
  | 'HTTPS'
  /** SOCKS 5 (RFC 1928). */
  | 'SOCKS5';

/** A reaction to a message. */
export type ReactToMessageInput = {
  /** Its chat, by LID or phone-number JID; needed where two chats have this id. */
  readonly chatId?: string | number | null | undefined;
  /** One emoji; left out or empty to take it back. */
  readonly emoji?: string | null | undefined;
  /** Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account that does it. */
  readonly instanceId: string | number;
  /** WhatsApp's id of the message. */
  readonly messageId: string | number;
  /** SERVER_ACK if left out. */
  readonly waitFor?: WaitFor | null | undefined;
  /** How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent. */
  readonly waitTimeoutMs?: number | null | undefined;
};

/** What to send again: exactly one of these. */
export type ReplayInput =
  {   /** Every matching event after this cursor. */
  readonly after: string; readonly deliveryIds?: never; readonly since?: never; }
  |  { readonly after?: never;   /** These deliveries, delivered ones included. */
  readonly deliveryIds: ReadonlyArray<string | number>; readonly since?: never; }
  |  { readonly after?: never; readonly deliveryIds?: never;   /** Every matching event since this time. */
  readonly since: string; };

/** What kind of thing WhatsApp does not let an account do. */
export type RestrictionKind =
  /** It has used up its new conversations for a cycle. */
  | 'MESSAGE_CAPPING'
  /** It may not start conversations with new people for a time. */
  | 'REACHOUT_TIMELOCK'
  /** A send was refused with WhatsApp's code 463. */
  | 'SEND_REFUSED';

/** A sound to send. */
export type SendAudioInput = {
  /** After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out. */
  readonly disappearsAfter?: number | null | undefined;
  /** Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account to send from. */
  readonly instanceId: string | number;
  /** MP3, AAC, M4A or Ogg Opus, up to 16 MiB; a voice note is Ogg Opus. Where the gateway's machine has ffmpeg, other formats are converted. */
  readonly media: MediaInput;
  /** The id of a message to answer, of that chat or another. */
  readonly quotedId?: string | number | null | undefined;
  /** Send it then and not now; within a year. The answer comes at once, with the message QUEUED. It expires a day after its time. */
  readonly scheduledAt?: string | null | undefined;
  /** Digits with or without + and punctuation, or a JID. WhatsApp is asked who has the number, so national variants of it work. */
  readonly to: string;
  /** For how long the account is shown to type, or with a voice note to record, before the message leaves: up to 60,000 milliseconds. It begins when the message's turn has come; later messages of the chat wait, other chats do not. The call waits no longer for it than it would otherwise. */
  readonly typingMs?: number | null | undefined;
  /** Phones show it once only, and cannot keep it. */
  readonly viewOnce?: boolean | null | undefined;
  /** Phones show it as a recorded voice. */
  readonly voiceNote?: boolean | null | undefined;
  /** SERVER_ACK if left out. */
  readonly waitFor?: WaitFor | null | undefined;
  /** How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent. */
  readonly waitTimeoutMs?: number | null | undefined;
};

/** A file to send as a document. */
export type SendFileInput = {
  /** Shown under the file. */
  readonly caption?: string | null | undefined;
  /** After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out. */
  readonly disappearsAfter?: number | null | undefined;
  /** What the receiver sees. Found out if left out. */
  readonly fileName?: string | null | undefined;
  /** Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account to send from. */
  readonly instanceId: string | number;
  /** A file of any type. */
  readonly media: MediaInput;
  /** Names everybody in the group. */
  readonly mentionAll?: boolean | null | undefined;
  /** Numbers or JIDs of those whom the text names, each as `@` and the digits before the `@` of the JID. */
  readonly mentions?: ReadonlyArray<string> | null | undefined;
  /** Such as `application/pdf`. Found out if left out. */
  readonly mimetype?: string | null | undefined;
  /** The id of a message to answer, of that chat or another. */
  readonly quotedId?: string | number | null | undefined;
  /** Send it then and not now; within a year. The answer comes at once, with the message QUEUED. It expires a day after its time. */
  readonly scheduledAt?: string | null | undefined;
  /** Digits with or without + and punctuation, or a JID. WhatsApp is asked who has the number, so national variants of it work. */
  readonly to: string;
  /** For how long the account is shown to type, or with a voice note to record, before the message leaves: up to 60,000 milliseconds. It begins when the message's turn has come; later messages of the chat wait, other chats do not. The call waits no longer for it than it would otherwise. */
  readonly typingMs?: number | null | undefined;
  /** SERVER_ACK if left out. */
  readonly waitFor?: WaitFor | null | undefined;
  /** How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent. */
  readonly waitTimeoutMs?: number | null | undefined;
};

/** A picture to send. */
export type SendImageInput = {
  /** Shown under the picture. */
  readonly caption?: string | null | undefined;
  /** After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out. */
  readonly disappearsAfter?: number | null | undefined;
  /** Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account to send from. */
  readonly instanceId: string | number;
  /** JPEG, PNG or WebP, up to 16 MiB. */
  readonly media: MediaInput;
  /** Names everybody in the group. */
  readonly mentionAll?: boolean | null | undefined;
  /** Numbers or JIDs of those whom the text names, each as `@` and the digits before the `@` of the JID. */
  readonly mentions?: ReadonlyArray<string> | null | undefined;
  /** The id of a message to answer, of that chat or another. */
  readonly quotedId?: string | number | null | undefined;
  /** Send it then and not now; within a year. The answer comes at once, with the message QUEUED. It expires a day after its time. */
  readonly scheduledAt?: string | null | undefined;
  /** Digits with or without + and punctuation, or a JID. WhatsApp is asked who has the number, so national variants of it work. */
  readonly to: string;
  /** For how long the account is shown to type, or with a voice note to record, before the message leaves: up to 60,000 milliseconds. It begins when the message's turn has come; later messages of the chat wait, other chats do not. The call waits no longer for it than it would otherwise. */
  readonly typingMs?: number | null | undefined;
  /** Phones show it once only, and cannot keep it. */
  readonly viewOnce?: boolean | null | undefined;
  /** SERVER_ACK if left out. */
  readonly waitFor?: WaitFor | null | undefined;
  /** How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent. */
  readonly waitTimeoutMs?: number | null | undefined;
};

/** A text message to send. */
export type SendTextInput = {
  /** After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out. */
  readonly disappearsAfter?: number | null | undefined;
  /** Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account to send from. */
  readonly instanceId: string | number;
  /** None if left out: whoever has the page would learn of the text from the gateway's own call, before anybody has read it. */
  readonly linkPreview?: LinkPreviewInput | null | undefined;
  /** Names everybody in the group. */
  readonly mentionAll?: boolean | null | undefined;
  /** Numbers or JIDs of those whom the text names, each as `@` and the digits before the `@` of the JID. */
  readonly mentions?: ReadonlyArray<string> | null | undefined;
  /** The id of a message to answer, of that chat or another. */
  readonly quotedId?: string | number | null | undefined;
  /** Send it then and not now; within a year. The answer comes at once, with the message QUEUED. It expires a day after its time. */
  readonly scheduledAt?: string | null | undefined;
  /** With WhatsApp's own marks: *bold*, _italic_. */
  readonly text: string;
  /** Digits with or without + and punctuation, or a JID. WhatsApp is asked who has the number, so national variants of it work. */
  readonly to: string;
  /** For how long the account is shown to type, or with a voice note to record, before the message leaves: up to 60,000 milliseconds. It begins when the message's turn has come; later messages of the chat wait, other chats do not. The call waits no longer for it than it would otherwise. */
  readonly typingMs?: number | null | undefined;
  /** SERVER_ACK if left out. */
  readonly waitFor?: WaitFor | null | undefined;
  /** How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent. */
  readonly waitTimeoutMs?: number | null | undefined;
};

/** A video to send. */
export type SendVideoInput = {
  /** Shown under the video. */
  readonly caption?: string | null | undefined;
  /** After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out. */
  readonly disappearsAfter?: number | null | undefined;
  /** An ordinary video if left out. */
  readonly form?: VideoForm | null | undefined;
  /** Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account to send from. */
  readonly instanceId: string | number;
  /** MP4, up to 64 MiB. Where the gateway's machine has ffmpeg, other formats (GIF images too) are converted. */
  readonly media: MediaInput;
  /** Names everybody in the group. */
  readonly mentionAll?: boolean | null | undefined;
  /** Numbers or JIDs of those whom the text names, each as `@` and the digits before the `@` of the JID. */
  readonly mentions?: ReadonlyArray<string> | null | undefined;
  /** The id of a message to answer, of that chat or another. */
  readonly quotedId?: string | number | null | undefined;
  /** Send it then and not now; within a year. The answer comes at once, with the message QUEUED. It expires a day after its time. */
  readonly scheduledAt?: string | null | undefined;
  /** Digits with or without + and punctuation, or a JID. WhatsApp is asked who has the number, so national variants of it work. */
  readonly to: string;
  /** For how long the account is shown to type, or with a voice note to record, before the message leaves: up to 60,000 milliseconds. It begins when the message's turn has come; later messages of the chat wait, other chats do not. The call waits no longer for it than it would otherwise. */
  readonly typingMs?: number | null | undefined;
  /** Phones show it once only, and cannot keep it. */
  readonly viewOnce?: boolean | null | undefined;
  /** SERVER_ACK if left out. */
  readonly waitFor?: WaitFor | null | undefined;
  /** How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent. */
  readonly waitTimeoutMs?: number | null | undefined;
};

/** Who made the account send a message. */
export type SentSource =
  /** A call of this gateway. */
  | 'API'
  /** The user, on their phone or another linked device. */
  | 'DEVICE';

/** What to change of a webhook. What is left out stays. */
export type UpdateWebhookInput = {
  /** Replaces them; null: all chats. */
  readonly chatKinds?: ReadonlyArray<ChatKind> | null | undefined;
  /** Replaces the note; null takes it away. */
  readonly description?: string | null | undefined;
  /** Replaces it; null: both ways. */
  readonly direction?: MessageDirection | null | undefined;
  /** False pauses it; true lets it go on and clears the reason it was disabled for. */
  readonly enabled?: boolean | null | undefined;
  /** Replaces the event types and patterns. */
  readonly events?: ReadonlyArray<string> | null | undefined;
  /** Replaces all extra headers. */
  readonly headers?: ReadonlyArray<HeaderInput> | null | undefined;
  /** Whether attachments of up to 1 MiB travel inside the deliveries. */
  readonly inlineMedia?: boolean | null | undefined;
  /** Whether chats keep their order. */
  readonly ordering?: WebhookOrdering | null | undefined;
  /** Replaces the schedule; null: the usual one. */
  readonly retryDelaysMs?: ReadonlyArray<number> | null | undefined;
  /** Where to POST events from now on. */
  readonly url?: string | null | undefined;
};

/** How phones show a video, where that is not as usual. */
export type VideoForm =
  /** Without sound, by itself, over and over. */
  | 'GIF'
  /** Round. */
  | 'VIDEO_NOTE';

/** How far a message is to come before the send is answered. */
export type WaitFor =
  /** It is on a device of the receiver. */
  | 'DELIVERED'
  /** Answered as soon as the message is stored. */
  | 'QUEUED'
  /** WhatsApp's server has it, or has refused it. */
  | 'SERVER_ACK';

/** In which order a webhook gets its events. */
export type WebhookOrdering =
  /** Events come as fast as they can, in any order. */
  | 'NONE'
  /** Events of one chat come one after the other, in order. A failing one holds up its chat for five minutes at most. */
  | 'PER_CHAT';

type Bubble_AlbumMessage_Fragment = { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_AudioMessage_Fragment = { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_ContactsMessage_Fragment = { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_DocumentMessage_Fragment = { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_EventMessage_Fragment = { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_ImageMessage_Fragment = { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_LocationMessage_Fragment = { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_PollMessage_Fragment = { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_StickerMessage_Fragment = { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_TextMessage_Fragment = { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_UndecryptableMessage_Fragment = { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_UnsupportedMessage_Fragment = { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

type Bubble_VideoMessage_Fragment = { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null };

export type BubbleFragment =
  | Bubble_AlbumMessage_Fragment
  | Bubble_AudioMessage_Fragment
  | Bubble_ContactsMessage_Fragment
  | Bubble_DocumentMessage_Fragment
  | Bubble_EventMessage_Fragment
  | Bubble_ImageMessage_Fragment
  | Bubble_LocationMessage_Fragment
  | Bubble_PollMessage_Fragment
  | Bubble_StickerMessage_Fragment
  | Bubble_TextMessage_Fragment
  | Bubble_UndecryptableMessage_Fragment
  | Bubble_UnsupportedMessage_Fragment
  | Bubble_VideoMessage_Fragment
;

export type ConversationDataFragment = { readonly id: string, readonly pn: string | null, readonly kind: ChatKind, readonly name: string | null, readonly unreadCount: number, readonly activeAt: string, readonly lastMessage:
    | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
   | null };

export type ConversationsQueryVariables = Exact<{
  instanceId: string | number;
  after?: string | null | undefined;
  filter?: ChatFilter | null | undefined;
}>;


export type ConversationsQuery = { readonly chats: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly pn: string | null, readonly kind: ChatKind, readonly name: string | null, readonly unreadCount: number, readonly activeAt: string, readonly lastMessage:
          | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
         | null } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type ConversationQueryVariables = Exact<{
  instanceId: string | number;
  chatId: string | number;
}>;


export type ConversationQuery = { readonly chat: { readonly id: string, readonly pn: string | null, readonly kind: ChatKind, readonly name: string | null, readonly unreadCount: number, readonly activeAt: string, readonly lastMessage:
      | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
      | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
     | null } | null };

export type FindMessagesQueryVariables = Exact<{
  instanceId: string | number;
  text: string;
}>;


export type FindMessagesQuery = { readonly messages: { readonly edges: ReadonlyArray<{ readonly node:
        | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
        | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
       }> } };

export type MarkReadMutationVariables = Exact<{
  input: MarkReadInput;
}>;


export type MarkReadMutation = { readonly markRead:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MarkedMessages', readonly messageIds: ReadonlyArray<string> }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string }
   };

export type MessagesQueryVariables = Exact<{
  instanceId: string | number;
  chatId?: string | number | null | undefined;
  first: number;
  after?: string | null | undefined;
  statuses?: ReadonlyArray<MessageStatus> | MessageStatus | null | undefined;
}>;


export type MessagesQuery = { readonly instance: { readonly id: string, readonly messages: { readonly edges: ReadonlyArray<{ readonly node:
          | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
          | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
         }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } | null };

export type SendTextMutationVariables = Exact<{
  input: SendTextInput;
}>;


export type SendTextMutation = { readonly sendText:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ChannelNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'MediaError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotAllowedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
   };

export type SendImageMutationVariables = Exact<{
  input: SendImageInput;
}>;


export type SendImageMutation = { readonly sendImage:
    | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ChannelNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MediaError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotAllowedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
   };

export type SendVideoMutationVariables = Exact<{
  input: SendVideoInput;
}>;


export type SendVideoMutation = { readonly sendVideo:
    | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ChannelNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MediaError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotAllowedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
   };

export type SendAudioMutationVariables = Exact<{
  input: SendAudioInput;
}>;


export type SendAudioMutation = { readonly sendAudio:
    | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ChannelNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MediaError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotAllowedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
   };

export type SendFileMutationVariables = Exact<{
  input: SendFileInput;
}>;


export type SendFileMutation = { readonly sendFile:
    | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ChannelNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MediaError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotAllowedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
    | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
   };

export type ReactToMessageMutationVariables = Exact<{
  input: ReactToMessageInput;
}>;


export type ReactToMessageMutation = { readonly reactToMessage:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'MessageChange', readonly status: MessageStatus }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'TooLateError', readonly code: ErrorCode, readonly message: string }
   };

export type CancelMessageMutationVariables = Exact<{
  instanceId: string | number;
  id: string | number;
}>;


export type CancelMessageMutation = { readonly cancelMessage:
    | { readonly __typename: 'AlbumMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'AudioMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'ContactsMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'DocumentMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'EventMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'ImageMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'LocationMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'PollMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'StickerMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'TextMessage', readonly id: string, readonly status: MessageStatus | null }
    | { readonly __typename: 'TooLateError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VideoMessage', readonly id: string, readonly status: MessageStatus | null }
   };

export type FollowChatsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type FollowChatsSubscription = { readonly events:
    | { readonly __typename: 'EventDelivery', readonly cursor: string, readonly event:
        | { readonly __typename: 'CallUpdate', readonly id: string }
        | { readonly __typename: 'ChannelUpdate', readonly id: string }
        | { readonly __typename: 'ChatUpdate', readonly id: string }
        | { readonly __typename: 'ConnectionClose', readonly id: string }
        | { readonly __typename: 'ConnectionOpen', readonly id: string }
        | { readonly __typename: 'ContactUpdate', readonly id: string }
        | { readonly __typename: 'EventResponse', readonly id: string }
        | { readonly __typename: 'GroupJoinRequest', readonly id: string }
        | { readonly __typename: 'GroupParticipants', readonly id: string }
        | { readonly __typename: 'GroupUpdate', readonly id: string }
        | { readonly __typename: 'HistorySync', readonly id: string }
        | { readonly __typename: 'InstanceCreated', readonly id: string }
        | { readonly __typename: 'InstanceDeleted', readonly id: string }
        | { readonly __typename: 'InstanceRestricted', readonly id: string }
        | { readonly __typename: 'LabelAssignment', readonly id: string }
        | { readonly __typename: 'LabelUpdate', readonly id: string }
        | { readonly __typename: 'MessageDeleted', readonly chatId: string, readonly messageId: string, readonly id: string }
        | { readonly __typename: 'MessageEdited', readonly id: string, readonly message:
            | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
           }
        | { readonly __typename: 'MessageFailed', readonly id: string, readonly message:
            | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
           }
        | { readonly __typename: 'MessageKept', readonly id: string }
        | { readonly __typename: 'MessagePinned', readonly id: string }
        | { readonly __typename: 'MessageReaction', readonly chatId: string, readonly messageId: string, readonly id: string }
        | { readonly __typename: 'MessageReceived', readonly id: string, readonly message:
            | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
           }
        | { readonly __typename: 'MessageSent', readonly id: string, readonly message:
            | { readonly __typename: 'AlbumMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'AudioMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ContactsMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'DocumentMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'EventMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'ImageMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'LocationMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'PollMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'StickerMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'TextMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UndecryptableMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'UnsupportedMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
            | { readonly __typename: 'VideoMessage', readonly id: string, readonly uid: string | null, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly editedAt: string | null, readonly deletedAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly reactions: ReadonlyArray<{ readonly emoji: string, readonly fromMe: boolean }>, readonly error: { readonly message: string } | null }
           }
        | { readonly __typename: 'MessageStarred', readonly id: string }
        | { readonly __typename: 'MessageStatusChanged', readonly chatId: string, readonly messageId: string, readonly status: MessageStatus, readonly id: string }
        | { readonly __typename: 'MessageUndecryptable', readonly id: string }
        | { readonly __typename: 'PairingCodeUpdate', readonly id: string }
        | { readonly __typename: 'PollVote', readonly id: string }
        | { readonly __typename: 'PresenceUpdate', readonly id: string }
        | { readonly __typename: 'QrUpdate', readonly id: string }
        | { readonly __typename: 'WebhookDisabled', readonly id: string }
       }
    | { readonly __typename: 'StreamPosition', readonly cursor: string }
   };

export type StreamEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type StreamEventsSubscription = { readonly events:
    | { readonly __typename: 'EventDelivery', readonly cursor: string, readonly event:
        | { readonly __typename: 'CallUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly call: { readonly id: string, readonly groupId: string | null, readonly isVideo: boolean | null, readonly status: CallStatus, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly caller: { readonly id: string, readonly pn: string | null, readonly lid: string | null } } }
        | { readonly __typename: 'ChannelUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly channel: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly channelChange: { readonly isFollowed: boolean | null, readonly name: string | null, readonly description: string | null, readonly isMuted: boolean | null, readonly state: ChannelState | null } }
        | { readonly __typename: 'ChatUpdate', readonly unreadCount: number | null, readonly archived: boolean | null, readonly pinned: boolean | null, readonly muted: boolean | null, readonly mutedUntil: string | null, readonly markedUnread: boolean | null, readonly cleared: boolean, readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly __typename: 'ConnectionClose', readonly code: number | null, readonly reason: CloseReason, readonly explanation: string, readonly willReconnect: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'ConnectionOpen', readonly phoneNumber: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'ContactUpdate', readonly previousName: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly contact: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'EventResponse', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly attendance: Attendance | null, readonly extraGuests: number, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'GroupJoinRequest', readonly requestAction: JoinRequestAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly __typename: 'GroupParticipants', readonly memberAction: MemberAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly __typename: 'GroupUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly change: { readonly isNew: boolean, readonly subject: string | null, readonly description: string | null, readonly announcement: boolean | null, readonly locked: boolean | null, readonly disappearingSeconds: number | null, readonly inviteCode: string | null, readonly membersMayAdd: boolean | null, readonly joinApproval: boolean | null, readonly pictureChanged: boolean } }
        | { readonly __typename: 'HistorySync', readonly trouble: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly progress: { readonly phase: HistoryPhase, readonly percent: number | null, readonly chats: number, readonly contacts: number, readonly messages: number } }
        | { readonly __typename: 'InstanceCreated', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'InstanceDeleted', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'InstanceRestricted', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly restriction: { readonly kind: RestrictionKind, readonly whatsappCode: number | null, readonly explanation: string, readonly since: string, readonly until: string | null } | null }
        | { readonly __typename: 'LabelAssignment', readonly labelId: string, readonly labeledMessageId: string | null, readonly assigned: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly __typename: 'LabelUpdate', readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly label: { readonly id: string, readonly name: string, readonly color: number } }
        | { readonly __typename: 'MessageDeleted', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly forEveryone: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly deletedBy: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessageEdited', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'MessageFailed', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
          , readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } }
        | { readonly __typename: 'MessageKept', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly isKept: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessagePinned', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly pinnedUntil: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessageReaction', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly emoji: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessageReceived', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'MessageSent', readonly source: SentSource, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'MessageStarred', readonly messageId: string, readonly chatId: string, readonly starred: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'MessageStatusChanged', readonly messageId: string, readonly chatId: string, readonly status: MessageStatus, readonly previous: MessageStatus, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly participant: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null }
        | { readonly __typename: 'MessageUndecryptable', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'PairingCodeUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly pairingCode: { readonly code: string, readonly expiresAt: string } }
        | { readonly __typename: 'PollVote', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly options: ReadonlyArray<string> | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly voter: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'PresenceUpdate', readonly presence: Presence, readonly lastSeen: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly person: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly __typename: 'QrUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly qr: { readonly text: string, readonly svg: string, readonly expiresAt: string } }
        | { readonly __typename: 'WebhookDisabled', readonly webhookId: string, readonly disabledReason: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
       }
    | { readonly __typename: 'StreamPosition', readonly cursor: string }
   };

export type FollowChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type FollowChangesSubscription = { readonly events:
    | { readonly __typename: 'EventDelivery', readonly cursor: string, readonly event:
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
        | { readonly id: string, readonly type: string, readonly instanceId: string }
       }
    | { readonly __typename: 'StreamPosition', readonly cursor: string }
   };

export type LastEventsQueryVariables = Exact<{
  last: number;
  before?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type LastEventsQuery = { readonly events: { readonly edges: ReadonlyArray<{ readonly node:
        | { readonly __typename: 'CallUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly call: { readonly id: string, readonly groupId: string | null, readonly isVideo: boolean | null, readonly status: CallStatus, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly caller: { readonly id: string, readonly pn: string | null, readonly lid: string | null } } }
        | { readonly __typename: 'ChannelUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly channel: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly channelChange: { readonly isFollowed: boolean | null, readonly name: string | null, readonly description: string | null, readonly isMuted: boolean | null, readonly state: ChannelState | null } }
        | { readonly __typename: 'ChatUpdate', readonly unreadCount: number | null, readonly archived: boolean | null, readonly pinned: boolean | null, readonly muted: boolean | null, readonly mutedUntil: string | null, readonly markedUnread: boolean | null, readonly cleared: boolean, readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly __typename: 'ConnectionClose', readonly code: number | null, readonly reason: CloseReason, readonly explanation: string, readonly willReconnect: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'ConnectionOpen', readonly phoneNumber: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'ContactUpdate', readonly previousName: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly contact: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'EventResponse', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly attendance: Attendance | null, readonly extraGuests: number, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'GroupJoinRequest', readonly requestAction: JoinRequestAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly __typename: 'GroupParticipants', readonly memberAction: MemberAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly __typename: 'GroupUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly change: { readonly isNew: boolean, readonly subject: string | null, readonly description: string | null, readonly announcement: boolean | null, readonly locked: boolean | null, readonly disappearingSeconds: number | null, readonly inviteCode: string | null, readonly membersMayAdd: boolean | null, readonly joinApproval: boolean | null, readonly pictureChanged: boolean } }
        | { readonly __typename: 'HistorySync', readonly trouble: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly progress: { readonly phase: HistoryPhase, readonly percent: number | null, readonly chats: number, readonly contacts: number, readonly messages: number } }
        | { readonly __typename: 'InstanceCreated', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'InstanceDeleted', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'InstanceRestricted', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly restriction: { readonly kind: RestrictionKind, readonly whatsappCode: number | null, readonly explanation: string, readonly since: string, readonly until: string | null } | null }
        | { readonly __typename: 'LabelAssignment', readonly labelId: string, readonly labeledMessageId: string | null, readonly assigned: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly __typename: 'LabelUpdate', readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly label: { readonly id: string, readonly name: string, readonly color: number } }
        | { readonly __typename: 'MessageDeleted', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly forEveryone: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly deletedBy: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessageEdited', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'MessageFailed', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
          , readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } }
        | { readonly __typename: 'MessageKept', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly isKept: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessagePinned', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly pinnedUntil: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessageReaction', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly emoji: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'MessageReceived', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'MessageSent', readonly source: SentSource, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'MessageStarred', readonly messageId: string, readonly chatId: string, readonly starred: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly __typename: 'MessageStatusChanged', readonly messageId: string, readonly chatId: string, readonly status: MessageStatus, readonly previous: MessageStatus, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly participant: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null }
        | { readonly __typename: 'MessageUndecryptable', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly __typename: 'PairingCodeUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly pairingCode: { readonly code: string, readonly expiresAt: string } }
        | { readonly __typename: 'PollVote', readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly options: ReadonlyArray<string> | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly voter: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly __typename: 'PresenceUpdate', readonly presence: Presence, readonly lastSeen: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly person: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly __typename: 'QrUpdate', readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly qr: { readonly text: string, readonly svg: string, readonly expiresAt: string } }
        | { readonly __typename: 'WebhookDisabled', readonly webhookId: string, readonly disabledReason: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
       }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasPreviousPage: boolean } } };

export type EventReceiversQueryVariables = Exact<{
  eventId: string | number;
}>;


export type EventReceiversQuery = { readonly deliveries: ReadonlyArray<{ readonly id: string, readonly webhookId: string, readonly state: DeliveryState, readonly tries: number }>, readonly webhooks: ReadonlyArray<{ readonly id: string, readonly url: string }> };

export type HealthQueryVariables = Exact<{
  first: number;
}>;


export type HealthQuery = { readonly version: string, readonly instances: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly status: InstanceStatus, readonly deliverability: { readonly state: DeliverabilityState } } }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type VitalsQueryVariables = Exact<{ [key: string]: never; }>;


export type VitalsQuery = { readonly health: { readonly nodes: ReadonlyArray<{ readonly startedAt: string, readonly vitalSigns: ReadonlyArray<{ readonly at: string, readonly memory: number, readonly heap: number, readonly processor: number, readonly eventLoopDelay: number }> }>, readonly storage: { readonly database: number, readonly attachments: number, readonly free: number }, readonly throughput: { readonly received: ReadonlyArray<number>, readonly sent: ReadonlyArray<number> } } };

export type InstanceCardFragment = { readonly id: string, readonly name: string | null, readonly status: InstanceStatus, readonly phoneNumber: string | null, readonly profileName: string | null, readonly createdAt: string, readonly lastDisconnect: { readonly at: string, readonly reason: CloseReason, readonly message: string } | null, readonly reconnecting: { readonly nextAttemptAt: string | null, readonly failures: number } | null, readonly restriction: { readonly kind: RestrictionKind, readonly explanation: string, readonly since: string, readonly until: string | null } | null, readonly deliverability: { readonly state: DeliverabilityState, readonly lastAckAt: string | null, readonly waitingSince: string | null } };

export type InstancesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type InstancesQuery = { readonly instances: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string | null, readonly status: InstanceStatus, readonly phoneNumber: string | null, readonly profileName: string | null, readonly createdAt: string, readonly lastDisconnect: { readonly at: string, readonly reason: CloseReason, readonly message: string } | null, readonly reconnecting: { readonly nextAttemptAt: string | null, readonly failures: number } | null, readonly restriction: { readonly kind: RestrictionKind, readonly explanation: string, readonly since: string, readonly until: string | null } | null, readonly deliverability: { readonly state: DeliverabilityState, readonly lastAckAt: string | null, readonly waitingSince: string | null } } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type FollowInstanceSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type FollowInstanceSubscription = { readonly instance: { readonly id: string, readonly name: string | null, readonly status: InstanceStatus, readonly phoneNumber: string | null, readonly profileName: string | null, readonly createdAt: string, readonly lastDisconnect: { readonly at: string, readonly reason: CloseReason, readonly message: string } | null, readonly reconnecting: { readonly nextAttemptAt: string | null, readonly failures: number } | null, readonly restriction: { readonly kind: RestrictionKind, readonly explanation: string, readonly since: string, readonly until: string | null } | null, readonly deliverability: { readonly state: DeliverabilityState, readonly lastAckAt: string | null, readonly waitingSince: string | null } } };

export type FollowLinkingSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type FollowLinkingSubscription = { readonly instance: { readonly id: string, readonly status: InstanceStatus, readonly phoneNumber: string | null, readonly lastDisconnect: { readonly at: string, readonly reason: CloseReason, readonly message: string } | null, readonly qr: { readonly text: string, readonly svg: string, readonly expiresAt: string } | null, readonly pairingCode: { readonly code: string, readonly expiresAt: string } | null } };

export type CreateInstanceMutationVariables = Exact<{
  input: CreateInstanceInput;
}>;


export type CreateInstanceMutation = { readonly createInstance:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Instance', readonly id: string, readonly name: string | null, readonly status: InstanceStatus, readonly phoneNumber: string | null, readonly profileName: string | null, readonly createdAt: string, readonly lastDisconnect: { readonly at: string, readonly reason: CloseReason, readonly message: string } | null, readonly reconnecting: { readonly nextAttemptAt: string | null, readonly failures: number } | null, readonly restriction: { readonly kind: RestrictionKind, readonly explanation: string, readonly since: string, readonly until: string | null } | null, readonly deliverability: { readonly state: DeliverabilityState, readonly lastAckAt: string | null, readonly waitingSince: string | null } }
    | { readonly __typename: 'InstanceExistsError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
   };

export type RenameInstanceMutationVariables = Exact<{
  id: string | number;
  name?: string | null | undefined;
}>;


export type RenameInstanceMutation = { readonly renameInstance:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Instance', readonly id: string, readonly name: string | null }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type StartInstanceMutationVariables = Exact<{
  id: string | number;
}>;


export type StartInstanceMutation = { readonly startInstance:
    | { readonly __typename: 'Instance', readonly id: string, readonly status: InstanceStatus }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type StopInstanceMutationVariables = Exact<{
  id: string | number;
}>;


export type StopInstanceMutation = { readonly stopInstance:
    | { readonly __typename: 'Instance', readonly id: string, readonly status: InstanceStatus }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type RestartInstanceMutationVariables = Exact<{
  id: string | number;
}>;


export type RestartInstanceMutation = { readonly restartInstance:
    | { readonly __typename: 'Instance', readonly id: string, readonly status: InstanceStatus }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type LogoutInstanceMutationVariables = Exact<{
  id: string | number;
}>;


export type LogoutInstanceMutation = { readonly logoutInstance:
    | { readonly __typename: 'Instance', readonly id: string, readonly status: InstanceStatus }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type DeleteInstanceMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteInstanceMutation = { readonly deleteInstance:
    | { readonly __typename: 'DeletedInstance', readonly id: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type RequestQrMutationVariables = Exact<{
  id: string | number;
}>;


export type RequestQrMutation = { readonly requestQr:
    | { readonly __typename: 'AlreadyConnectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QrCode', readonly text: string }
    | { readonly __typename: 'QrUnavailableError', readonly code: ErrorCode, readonly message: string }
   };

export type RequestPairingCodeMutationVariables = Exact<{
  id: string | number;
  phone: string;
}>;


export type RequestPairingCodeMutation = { readonly requestPairingCode:
    | { readonly __typename: 'AlreadyConnectedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Instance', readonly id: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'QrUnavailableError', readonly code: ErrorCode, readonly message: string }
   };

export type ThroughputsQueryVariables = Exact<{
  first: number;
}>;


export type ThroughputsQuery = { readonly instances: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly throughput: { readonly received: ReadonlyArray<number>, readonly sent: ReadonlyArray<number> } } }> } };

export type KeyRowFragment = { readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly instanceIds: ReadonlyArray<string> | null, readonly cidrs: ReadonlyArray<string> | null, readonly ratePerMinute: number | null, readonly createdBy: string, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly lastUsedFrom: string | null };

export type KeysQueryVariables = Exact<{ [key: string]: never; }>;


export type KeysQuery = { readonly apiKeys: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly instanceIds: ReadonlyArray<string> | null, readonly cidrs: ReadonlyArray<string> | null, readonly ratePerMinute: number | null, readonly createdBy: string, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly lastUsedFrom: string | null }> };

export type CreateKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateKeyMutation = { readonly createApiKey:
    | { readonly __typename: 'ApiKey', readonly key: string | null, readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly instanceIds: ReadonlyArray<string> | null, readonly cidrs: ReadonlyArray<string> | null, readonly ratePerMinute: number | null, readonly createdBy: string, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly lastUsedFrom: string | null }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
   };

export type RotateKeyMutationVariables = Exact<{
  id: string | number;
  overlapSeconds: number;
}>;


export type RotateKeyMutation = { readonly rotateApiKey:
    | { readonly __typename: 'ApiKey', readonly key: string | null, readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly instanceIds: ReadonlyArray<string> | null, readonly cidrs: ReadonlyArray<string> | null, readonly ratePerMinute: number | null, readonly createdBy: string, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly lastUsedFrom: string | null }
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'KeyNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type RevokeKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeKeyMutation = { readonly revokeApiKey:
    | { readonly __typename: 'ApiKey', readonly id: string }
    | { readonly __typename: 'KeyNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type AuditQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  action?: string | null | undefined;
}>;


export type AuditQuery = { readonly auditEntries: { readonly edges: ReadonlyArray<{ readonly node: { readonly position: number, readonly at: string, readonly action: string, readonly actor: string, readonly address: string | null, readonly instanceId: string | null, readonly target: string | null, readonly result: string, readonly requestId: string } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } };

export type AuditVerdictQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditVerdictQuery = { readonly auditVerdict: { readonly intact: boolean, readonly checked: number, readonly brokenAt: number | null, readonly head: { readonly position: number, readonly hash: string } | null } };

type Problem_AlreadyConnectedError_Fragment = { readonly __typename: 'AlreadyConnectedError', readonly code: ErrorCode, readonly message: string };

type Problem_BadInputError_Fragment = { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string };

type Problem_BatchNotFoundError_Fragment = { readonly __typename: 'BatchNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_CallNotFoundError_Fragment = { readonly __typename: 'CallNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_ChannelNotFoundError_Fragment = { readonly __typename: 'ChannelNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_ChatNotFoundError_Fragment = { readonly __typename: 'ChatNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_ConflictError_Fragment = { readonly __typename: 'ConflictError', readonly code: ErrorCode, readonly message: string };

type Problem_CredentialsError_Fragment = { readonly __typename: 'CredentialsError', readonly code: ErrorCode, readonly message: string };

type Problem_CursorError_Fragment = { readonly __typename: 'CursorError', readonly code: ErrorCode, readonly message: string };

type Problem_GroupNotFoundError_Fragment = { readonly __typename: 'GroupNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_IdempotencyMismatchError_Fragment = { readonly __typename: 'IdempotencyMismatchError', readonly code: ErrorCode, readonly message: string };

type Problem_InstanceExistsError_Fragment = { readonly __typename: 'InstanceExistsError', readonly code: ErrorCode, readonly message: string };

type Problem_InstanceNotFoundError_Fragment = { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_InvalidAddressError_Fragment = { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string };

type Problem_InvalidRecipientError_Fragment = { readonly __typename: 'InvalidRecipientError', readonly code: ErrorCode, readonly message: string };

type Problem_InviteInvalidError_Fragment = { readonly __typename: 'InviteInvalidError', readonly code: ErrorCode, readonly message: string };

type Problem_KeyNotFoundError_Fragment = { readonly __typename: 'KeyNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_LabelNotFoundError_Fragment = { readonly __typename: 'LabelNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_MediaError_Fragment = { readonly __typename: 'MediaError', readonly code: ErrorCode, readonly message: string };

type Problem_MessageNotFoundError_Fragment = { readonly __typename: 'MessageNotFoundError', readonly code: ErrorCode, readonly message: string };

type Problem_NotAllowedError_Fragment = { readonly __typename: 'NotAllowedError', readonly code: ErrorCode, readonly message: string };

type Problem_NotLinkedError_Fragment = { readonly __typename: 'NotLinkedError', readonly code: ErrorCode, readonly message: string };

type Problem_NotOnWhatsAppError_Fragment = { readonly __typename: 'NotOnWhatsAppError', readonly code: ErrorCode, readonly message: string };

type Problem_QrUnavailableError_Fragment = { readonly __typename: 'QrUnavailableError', readonly code: ErrorCode, readonly message: string };

type Problem_QueueFullError_Fragment = { readonly __typename: 'QueueFullError', readonly code: ErrorCode, readonly message: string };

type Problem_SendRejectedError_Fragment = { readonly __typename: 'SendRejectedError', readonly code: ErrorCode, readonly message: string };

type Problem_TooLateError_Fragment = { readonly __typename: 'TooLateError', readonly code: ErrorCode, readonly message: string };

type Problem_WebhookNotFoundError_Fragment = { readonly __typename: 'WebhookNotFoundError', readonly code: ErrorCode, readonly message: string };

export type ProblemFragment =
  | Problem_AlreadyConnectedError_Fragment
  | Problem_BadInputError_Fragment
  | Problem_BatchNotFoundError_Fragment
  | Problem_CallNotFoundError_Fragment
  | Problem_ChannelNotFoundError_Fragment
  | Problem_ChatNotFoundError_Fragment
  | Problem_ConflictError_Fragment
  | Problem_CredentialsError_Fragment
  | Problem_CursorError_Fragment
  | Problem_GroupNotFoundError_Fragment
  | Problem_IdempotencyMismatchError_Fragment
  | Problem_InstanceExistsError_Fragment
  | Problem_InstanceNotFoundError_Fragment
  | Problem_InvalidAddressError_Fragment
  | Problem_InvalidRecipientError_Fragment
  | Problem_InviteInvalidError_Fragment
  | Problem_KeyNotFoundError_Fragment
  | Problem_LabelNotFoundError_Fragment
  | Problem_MediaError_Fragment
  | Problem_MessageNotFoundError_Fragment
  | Problem_NotAllowedError_Fragment
  | Problem_NotLinkedError_Fragment
  | Problem_NotOnWhatsAppError_Fragment
  | Problem_QrUnavailableError_Fragment
  | Problem_QueueFullError_Fragment
  | Problem_SendRejectedError_Fragment
  | Problem_TooLateError_Fragment
  | Problem_WebhookNotFoundError_Fragment
;

export type QueuesQueryVariables = Exact<{
  first: number;
  each: number;
}>;


export type QueuesQuery = { readonly instances: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: string | null, readonly status: InstanceStatus, readonly pacing: { readonly perMinute: number, readonly burst: number, readonly jitter: number, readonly remaining: number, readonly nextInMs: number } | null, readonly restriction: { readonly kind: RestrictionKind, readonly explanation: string, readonly since: string, readonly until: string | null } | null, readonly waiting: { readonly edges: ReadonlyArray<{ readonly node:
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
             }>, readonly pageInfo: { readonly hasPreviousPage: boolean } }, readonly scheduled: { readonly edges: ReadonlyArray<{ readonly node:
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
              | { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
             }>, readonly pageInfo: { readonly hasNextPage: boolean } } } }> } };

type Waiting_AlbumMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_AudioMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_ContactsMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_DocumentMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_EventMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_ImageMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_LocationMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_PollMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_StickerMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_TextMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_UndecryptableMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_UnsupportedMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type Waiting_VideoMessage_Fragment = { readonly id: string, readonly uid: string | null, readonly status: MessageStatus | null, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly scheduledAt: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

export type WaitingFragment =
  | Waiting_AlbumMessage_Fragment
  | Waiting_AudioMessage_Fragment
  | Waiting_ContactsMessage_Fragment
  | Waiting_DocumentMessage_Fragment
  | Waiting_EventMessage_Fragment
  | Waiting_ImageMessage_Fragment
  | Waiting_LocationMessage_Fragment
  | Waiting_PollMessage_Fragment
  | Waiting_StickerMessage_Fragment
  | Waiting_TextMessage_Fragment
  | Waiting_UndecryptableMessage_Fragment
  | Waiting_UnsupportedMessage_Fragment
  | Waiting_VideoMessage_Fragment
;

export type SetPacingMutationVariables = Exact<{
  id: string | number;
  pacing?: PacingInput | null | undefined;
}>;


export type SetPacingMutation = { readonly setPacing:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Instance', readonly id: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type AccountSettingsFragment = { readonly alwaysOnline: boolean, readonly browserName: string | null, readonly fullHistory: boolean, readonly ignoreChannels: boolean, readonly ignoreGroups: boolean, readonly ignoreStatus: boolean, readonly readMessages: boolean, readonly rejectCalls: boolean, readonly rejectCallsText: string | null, readonly storeMedia: boolean, readonly whatsappVersion: string | null, readonly proxy: { readonly protocol: ProxyProtocol, readonly host: string, readonly port: number, readonly hasCredentials: boolean } | null };

export type SettingsQueryVariables = Exact<{
  id: string | number;
}>;


export type SettingsQuery = { readonly instance: { readonly id: string, readonly settings: { readonly alwaysOnline: boolean, readonly browserName: string | null, readonly fullHistory: boolean, readonly ignoreChannels: boolean, readonly ignoreGroups: boolean, readonly ignoreStatus: boolean, readonly readMessages: boolean, readonly rejectCalls: boolean, readonly rejectCallsText: string | null, readonly storeMedia: boolean, readonly whatsappVersion: string | null, readonly proxy: { readonly protocol: ProxyProtocol, readonly host: string, readonly port: number, readonly hasCredentials: boolean } | null } } | null };

export type UpdateSettingsMutationVariables = Exact<{
  id: string | number;
  input: InstanceSettingsInput;
}>;


export type UpdateSettingsMutation = { readonly updateInstanceSettings:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Instance', readonly id: string, readonly settings: { readonly alwaysOnline: boolean, readonly browserName: string | null, readonly fullHistory: boolean, readonly ignoreChannels: boolean, readonly ignoreGroups: boolean, readonly ignoreStatus: boolean, readonly readMessages: boolean, readonly rejectCalls: boolean, readonly rejectCallsText: string | null, readonly storeMedia: boolean, readonly whatsappVersion: string | null, readonly proxy: { readonly protocol: ProxyProtocol, readonly host: string, readonly port: number, readonly hasCredentials: boolean } | null } }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
   };

export type WebhookCardFragment = { readonly id: string, readonly instanceId: string | null, readonly url: string, readonly description: string | null, readonly events: ReadonlyArray<string>, readonly chatKinds: ReadonlyArray<ChatKind> | null, readonly direction: MessageDirection | null, readonly headerNames: ReadonlyArray<string>, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly pausedUntil: string | null, readonly ordering: WebhookOrdering, readonly inlineMedia: boolean, readonly createdAt: string, readonly statistics: { readonly delivered: number, readonly failed: number, readonly pending: number, readonly pendingReplayed: number, readonly lagMs: number | null, readonly successRate: number | null } };

export type DeliveryRowFragment = { readonly id: string, readonly eventId: string, readonly eventType: string, readonly state: DeliveryState, readonly createdAt: string, readonly doneAt: string | null, readonly nextAttemptAt: string | null, readonly tries: number, readonly replayed: boolean, readonly late: boolean, readonly attempts: ReadonlyArray<{ readonly id: string, readonly at: string, readonly durationMs: number, readonly dnsMs: number | null, readonly connectMs: number | null, readonly firstByteMs: number | null, readonly status: number | null, readonly errorCode: string | null, readonly error: string | null, readonly response: string | null, readonly nextAttemptAt: string | null }> };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { readonly webhooks: ReadonlyArray<{ readonly id: string, readonly instanceId: string | null, readonly url: string, readonly description: string | null, readonly events: ReadonlyArray<string>, readonly chatKinds: ReadonlyArray<ChatKind> | null, readonly direction: MessageDirection | null, readonly headerNames: ReadonlyArray<string>, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly pausedUntil: string | null, readonly ordering: WebhookOrdering, readonly inlineMedia: boolean, readonly createdAt: string, readonly deliveries: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: DeliveryState, readonly createdAt: string, readonly doneAt: string | null } }> }, readonly statistics: { readonly delivered: number, readonly failed: number, readonly pending: number, readonly pendingReplayed: number, readonly lagMs: number | null, readonly successRate: number | null } }> };

export type WebhookQueryVariables = Exact<{
  id: string | number;
}>;


export type WebhookQuery = { readonly webhook: { readonly id: string, readonly instanceId: string | null, readonly url: string, readonly description: string | null, readonly events: ReadonlyArray<string>, readonly chatKinds: ReadonlyArray<ChatKind> | null, readonly direction: MessageDirection | null, readonly headerNames: ReadonlyArray<string>, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly pausedUntil: string | null, readonly ordering: WebhookOrdering, readonly inlineMedia: boolean, readonly createdAt: string, readonly statistics: { readonly delivered: number, readonly failed: number, readonly pending: number, readonly pendingReplayed: number, readonly lagMs: number | null, readonly successRate: number | null } } | null };

export type DeliveriesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  state?: DeliveryState | null | undefined;
}>;


export type DeliveriesQuery = { readonly webhook: { readonly id: string, readonly deliveries: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly eventId: string, readonly eventType: string, readonly state: DeliveryState, readonly createdAt: string, readonly doneAt: string | null, readonly nextAttemptAt: string | null, readonly tries: number, readonly replayed: boolean, readonly late: boolean, readonly attempts: ReadonlyArray<{ readonly id: string, readonly at: string, readonly durationMs: number, readonly dnsMs: number | null, readonly connectMs: number | null, readonly firstByteMs: number | null, readonly status: number | null, readonly errorCode: string | null, readonly error: string | null, readonly response: string | null, readonly nextAttemptAt: string | null }> } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } | null };

export type FollowDeliveriesSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type FollowDeliveriesSubscription = { readonly deliveryUpdates: { readonly id: string, readonly eventId: string, readonly eventType: string, readonly state: DeliveryState, readonly createdAt: string, readonly doneAt: string | null, readonly nextAttemptAt: string | null, readonly tries: number, readonly replayed: boolean, readonly late: boolean, readonly attempts: ReadonlyArray<{ readonly id: string, readonly at: string, readonly durationMs: number, readonly dnsMs: number | null, readonly connectMs: number | null, readonly firstByteMs: number | null, readonly status: number | null, readonly errorCode: string | null, readonly error: string | null, readonly response: string | null, readonly nextAttemptAt: string | null }> } };

export type FollowReplaySubscriptionVariables = Exact<{
  id: string | number;
}>;


export type FollowReplaySubscription = { readonly replayUpdates: { readonly id: string, readonly examined: number, readonly total: number, readonly queued: number, readonly done: boolean } };

export type CreateWebhookMutationVariables = Exact<{
  instanceId?: string | number | null | undefined;
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { readonly createWebhook:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InstanceNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Webhook', readonly secret: string | null, readonly id: string, readonly instanceId: string | null, readonly url: string, readonly description: string | null, readonly events: ReadonlyArray<string>, readonly chatKinds: ReadonlyArray<ChatKind> | null, readonly direction: MessageDirection | null, readonly headerNames: ReadonlyArray<string>, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly pausedUntil: string | null, readonly ordering: WebhookOrdering, readonly inlineMedia: boolean, readonly createdAt: string, readonly statistics: { readonly delivered: number, readonly failed: number, readonly pending: number, readonly pendingReplayed: number, readonly lagMs: number | null, readonly successRate: number | null } }
   };

export type UpdateWebhookMutationVariables = Exact<{
  id: string | number;
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { readonly updateWebhook:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidAddressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Webhook', readonly id: string, readonly instanceId: string | null, readonly url: string, readonly description: string | null, readonly events: ReadonlyArray<string>, readonly chatKinds: ReadonlyArray<ChatKind> | null, readonly direction: MessageDirection | null, readonly headerNames: ReadonlyArray<string>, readonly enabled: boolean, readonly disabledReason: string | null, readonly failingSince: string | null, readonly pausedUntil: string | null, readonly ordering: WebhookOrdering, readonly inlineMedia: boolean, readonly createdAt: string, readonly statistics: { readonly delivered: number, readonly failed: number, readonly pending: number, readonly pendingReplayed: number, readonly lagMs: number | null, readonly successRate: number | null } }
    | { readonly __typename: 'WebhookNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type DeleteWebhookMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook:
    | { readonly __typename: 'DeletedWebhook', readonly id: string }
    | { readonly __typename: 'WebhookNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type TestWebhookMutationVariables = Exact<{
  id: string | number;
}>;


export type TestWebhookMutation = { readonly testWebhook:
    | { readonly __typename: 'Delivery', readonly id: string }
    | { readonly __typename: 'WebhookNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type RotateWebhookSecretMutationVariables = Exact<{
  id: string | number;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret:
    | { readonly __typename: 'Webhook', readonly id: string, readonly secret: string | null }
    | { readonly __typename: 'WebhookNotFoundError', readonly code: ErrorCode, readonly message: string }
   };

export type ReplayWebhookMutationVariables = Exact<{
  id: string | number;
  input: ReplayInput;
}>;


export type ReplayWebhookMutation = { readonly replayWebhook:
    | { readonly __typename: 'BadInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CursorError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'WebhookNotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'WebhookReplay', readonly id: string, readonly total: number, readonly done: boolean }
   };

export type NamesFragment = { readonly id: string, readonly pn: string | null, readonly lid: string | null };

export type ParticipantNamesFragment = { readonly id: string, readonly pn: string | null, readonly lid: string | null };

export type SenderDataFragment = { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null };

export type LocationDataFragment = { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean };

export type LabelDataFragment = { readonly id: string, readonly name: string, readonly color: number };

type MessageData_AlbumMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_AudioMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_ContactsMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_DocumentMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_EventMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_ImageMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_LocationMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_PollMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_StickerMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_TextMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_UndecryptableMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_UnsupportedMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

type MessageData_VideoMessage_Fragment = { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null };

export type MessageDataFragment =
  | MessageData_AlbumMessage_Fragment
  | MessageData_AudioMessage_Fragment
  | MessageData_ContactsMessage_Fragment
  | MessageData_DocumentMessage_Fragment
  | MessageData_EventMessage_Fragment
  | MessageData_ImageMessage_Fragment
  | MessageData_LocationMessage_Fragment
  | MessageData_PollMessage_Fragment
  | MessageData_StickerMessage_Fragment
  | MessageData_TextMessage_Fragment
  | MessageData_UndecryptableMessage_Fragment
  | MessageData_UnsupportedMessage_Fragment
  | MessageData_VideoMessage_Fragment
;

type EventData_CallUpdate_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly call: { readonly id: string, readonly groupId: string | null, readonly isVideo: boolean | null, readonly status: CallStatus, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly caller: { readonly id: string, readonly pn: string | null, readonly lid: string | null } } };

type EventData_ChannelUpdate_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly channel: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly channelChange: { readonly isFollowed: boolean | null, readonly name: string | null, readonly description: string | null, readonly isMuted: boolean | null, readonly state: ChannelState | null } };

type EventData_ChatUpdate_Fragment = { readonly unreadCount: number | null, readonly archived: boolean | null, readonly pinned: boolean | null, readonly muted: boolean | null, readonly mutedUntil: string | null, readonly markedUnread: boolean | null, readonly cleared: boolean, readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type EventData_ConnectionClose_Fragment = { readonly code: number | null, readonly reason: CloseReason, readonly explanation: string, readonly willReconnect: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean };

type EventData_ConnectionOpen_Fragment = { readonly phoneNumber: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean };

type EventData_ContactUpdate_Fragment = { readonly previousName: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly contact: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_EventResponse_Fragment = { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly attendance: Attendance | null, readonly extraGuests: number, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_GroupJoinRequest_Fragment = { readonly requestAction: JoinRequestAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> };

type EventData_GroupParticipants_Fragment = { readonly memberAction: MemberAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> };

type EventData_GroupUpdate_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly change: { readonly isNew: boolean, readonly subject: string | null, readonly description: string | null, readonly announcement: boolean | null, readonly locked: boolean | null, readonly disappearingSeconds: number | null, readonly inviteCode: string | null, readonly membersMayAdd: boolean | null, readonly joinApproval: boolean | null, readonly pictureChanged: boolean } };

type EventData_HistorySync_Fragment = { readonly trouble: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly progress: { readonly phase: HistoryPhase, readonly percent: number | null, readonly chats: number, readonly contacts: number, readonly messages: number } };

type EventData_InstanceCreated_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean };

type EventData_InstanceDeleted_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean };

type EventData_InstanceRestricted_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly restriction: { readonly kind: RestrictionKind, readonly whatsappCode: number | null, readonly explanation: string, readonly since: string, readonly until: string | null } | null };

type EventData_LabelAssignment_Fragment = { readonly labelId: string, readonly labeledMessageId: string | null, readonly assigned: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type EventData_LabelUpdate_Fragment = { readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly label: { readonly id: string, readonly name: string, readonly color: number } };

type EventData_MessageDeleted_Fragment = { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly forEveryone: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly deletedBy: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_MessageEdited_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
   };

type EventData_MessageFailed_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
  , readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } };

type EventData_MessageKept_Fragment = { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly isKept: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_MessagePinned_Fragment = { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly pinnedUntil: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_MessageReaction_Fragment = { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly emoji: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_MessageReceived_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
   };

type EventData_MessageSent_Fragment = { readonly source: SentSource, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
   };

type EventData_MessageStarred_Fragment = { readonly messageId: string, readonly chatId: string, readonly starred: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean };

type EventData_MessageStatusChanged_Fragment = { readonly messageId: string, readonly chatId: string, readonly status: MessageStatus, readonly previous: MessageStatus, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly participant: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null };

type EventData_MessageUndecryptable_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
    | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
   };

type EventData_PairingCodeUpdate_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly pairingCode: { readonly code: string, readonly expiresAt: string } };

type EventData_PollVote_Fragment = { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly options: ReadonlyArray<string> | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly voter: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } };

type EventData_PresenceUpdate_Fragment = { readonly presence: Presence, readonly lastSeen: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly person: { readonly id: string, readonly pn: string | null, readonly lid: string | null } };

type EventData_QrUpdate_Fragment = { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly qr: { readonly text: string, readonly svg: string, readonly expiresAt: string } };

type EventData_WebhookDisabled_Fragment = { readonly webhookId: string, readonly disabledReason: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean };

export type EventDataFragment =
  | EventData_CallUpdate_Fragment
  | EventData_ChannelUpdate_Fragment
  | EventData_ChatUpdate_Fragment
  | EventData_ConnectionClose_Fragment
  | EventData_ConnectionOpen_Fragment
  | EventData_ContactUpdate_Fragment
  | EventData_EventResponse_Fragment
  | EventData_GroupJoinRequest_Fragment
  | EventData_GroupParticipants_Fragment
  | EventData_GroupUpdate_Fragment
  | EventData_HistorySync_Fragment
  | EventData_InstanceCreated_Fragment
  | EventData_InstanceDeleted_Fragment
  | EventData_InstanceRestricted_Fragment
  | EventData_LabelAssignment_Fragment
  | EventData_LabelUpdate_Fragment
  | EventData_MessageDeleted_Fragment
  | EventData_MessageEdited_Fragment
  | EventData_MessageFailed_Fragment
  | EventData_MessageKept_Fragment
  | EventData_MessagePinned_Fragment
  | EventData_MessageReaction_Fragment
  | EventData_MessageReceived_Fragment
  | EventData_MessageSent_Fragment
  | EventData_MessageStarred_Fragment
  | EventData_MessageStatusChanged_Fragment
  | EventData_MessageUndecryptable_Fragment
  | EventData_PairingCodeUpdate_Fragment
  | EventData_PollVote_Fragment
  | EventData_PresenceUpdate_Fragment
  | EventData_QrUpdate_Fragment
  | EventData_WebhookDisabled_Fragment
;

export type ListEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type ListEventsQuery = { readonly events: { readonly edges: ReadonlyArray<{ readonly node:
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly call: { readonly id: string, readonly groupId: string | null, readonly isVideo: boolean | null, readonly status: CallStatus, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly caller: { readonly id: string, readonly pn: string | null, readonly lid: string | null } } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly channel: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly channelChange: { readonly isFollowed: boolean | null, readonly name: string | null, readonly description: string | null, readonly isMuted: boolean | null, readonly state: ChannelState | null } }
        | { readonly unreadCount: number | null, readonly archived: boolean | null, readonly pinned: boolean | null, readonly muted: boolean | null, readonly mutedUntil: string | null, readonly markedUnread: boolean | null, readonly cleared: boolean, readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly code: number | null, readonly reason: CloseReason, readonly explanation: string, readonly willReconnect: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly phoneNumber: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly previousName: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly contact: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly attendance: Attendance | null, readonly extraGuests: number, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly requestAction: JoinRequestAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly memberAction: MemberAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly change: { readonly isNew: boolean, readonly subject: string | null, readonly description: string | null, readonly announcement: boolean | null, readonly locked: boolean | null, readonly disappearingSeconds: number | null, readonly inviteCode: string | null, readonly membersMayAdd: boolean | null, readonly joinApproval: boolean | null, readonly pictureChanged: boolean } }
        | { readonly trouble: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly progress: { readonly phase: HistoryPhase, readonly percent: number | null, readonly chats: number, readonly contacts: number, readonly messages: number } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly restriction: { readonly kind: RestrictionKind, readonly whatsappCode: number | null, readonly explanation: string, readonly since: string, readonly until: string | null } | null }
        | { readonly labelId: string, readonly labeledMessageId: string | null, readonly assigned: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly label: { readonly id: string, readonly name: string, readonly color: number } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly forEveryone: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly deletedBy: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
          , readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly isKept: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly pinnedUntil: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly emoji: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly source: SentSource, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly messageId: string, readonly chatId: string, readonly starred: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly messageId: string, readonly chatId: string, readonly status: MessageStatus, readonly previous: MessageStatus, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly participant: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly pairingCode: { readonly code: string, readonly expiresAt: string } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly options: ReadonlyArray<string> | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly voter: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly presence: Presence, readonly lastSeen: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly person: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly qr: { readonly text: string, readonly svg: string, readonly expiresAt: string } }
        | { readonly webhookId: string, readonly disabledReason: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
       }>, readonly pageInfo: { readonly endCursor: string | null } } };

export type FollowEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type FollowEventsSubscription = { readonly events:
    | { readonly __typename: 'EventDelivery', readonly cursor: string, readonly event:
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly call: { readonly id: string, readonly groupId: string | null, readonly isVideo: boolean | null, readonly status: CallStatus, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly caller: { readonly id: string, readonly pn: string | null, readonly lid: string | null } } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly channel: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly channelChange: { readonly isFollowed: boolean | null, readonly name: string | null, readonly description: string | null, readonly isMuted: boolean | null, readonly state: ChannelState | null } }
        | { readonly unreadCount: number | null, readonly archived: boolean | null, readonly pinned: boolean | null, readonly muted: boolean | null, readonly mutedUntil: string | null, readonly markedUnread: boolean | null, readonly cleared: boolean, readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly code: number | null, readonly reason: CloseReason, readonly explanation: string, readonly willReconnect: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly phoneNumber: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly previousName: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly contact: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly attendance: Attendance | null, readonly extraGuests: number, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly requestAction: JoinRequestAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly memberAction: MemberAction, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly participants: ReadonlyArray<{ readonly id: string, readonly pn: string | null, readonly lid: string | null }> }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly group: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly author: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null, readonly change: { readonly isNew: boolean, readonly subject: string | null, readonly description: string | null, readonly announcement: boolean | null, readonly locked: boolean | null, readonly disappearingSeconds: number | null, readonly inviteCode: string | null, readonly membersMayAdd: boolean | null, readonly joinApproval: boolean | null, readonly pictureChanged: boolean } }
        | { readonly trouble: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly progress: { readonly phase: HistoryPhase, readonly percent: number | null, readonly chats: number, readonly contacts: number, readonly messages: number } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly restriction: { readonly kind: RestrictionKind, readonly whatsappCode: number | null, readonly explanation: string, readonly since: string, readonly until: string | null } | null }
        | { readonly labelId: string, readonly labeledMessageId: string | null, readonly assigned: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly deleted: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly label: { readonly id: string, readonly name: string, readonly color: number } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly forEveryone: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly deletedBy: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
          , readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly isKept: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly pinnedUntil: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly emoji: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly source: SentSource, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly messageId: string, readonly chatId: string, readonly starred: boolean, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
        | { readonly messageId: string, readonly chatId: string, readonly status: MessageStatus, readonly previous: MessageStatus, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly participant: { readonly id: string, readonly pn: string | null, readonly lid: string | null } | null }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly message:
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly album: { readonly images: number, readonly videos: number }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly contacts: ReadonlyArray<{ readonly name: string | null, readonly phones: ReadonlyArray<string>, readonly vcard: string }>, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly appointment: { readonly name: string, readonly description: string | null, readonly startsAt: string | null, readonly endsAt: string | null, readonly joinLink: string | null, readonly isCancelled: boolean, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean } | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly location: { readonly latitude: number, readonly longitude: number, readonly name: string | null, readonly address: string | null, readonly url: string | null, readonly isLive: boolean }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly poll: { readonly question: string, readonly options: ReadonlyArray<string>, readonly selectableCount: number | null }, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly linkPreview: { readonly url: string, readonly title: string, readonly description: string | null } | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
            | { readonly id: string, readonly instanceId: string, readonly fromMe: boolean, readonly kind: MessageKind, readonly text: string | null, readonly timestamp: string, readonly status: MessageStatus | null, readonly quotedId: string | null, readonly mentions: ReadonlyArray<string>, readonly mentionsAll: boolean, readonly isViewOnce: boolean, readonly forwardingScore: number, readonly disappearsAfter: number | null, readonly albumId: string | null, readonly serverId: string | null, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly sender: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null }, readonly media: { readonly mimetype: string, readonly size: number | null, readonly fileName: string | null, readonly width: number | null, readonly height: number | null, readonly duration: number | null, readonly sha256: string | null, readonly form: MediaForm | null, readonly url: string | null } | null, readonly error: { readonly code: string, readonly message: string, readonly whatsappCode: number | null } | null }
           }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly pairingCode: { readonly code: string, readonly expiresAt: string } }
        | { readonly messageId: string, readonly chatId: string, readonly fromMe: boolean, readonly options: ReadonlyArray<string> | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly voter: { readonly id: string, readonly pn: string | null, readonly lid: string | null, readonly name: string | null } }
        | { readonly presence: Presence, readonly lastSeen: string | null, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly chat: { readonly id: string, readonly pn: string | null, readonly lid: string | null }, readonly person: { readonly id: string, readonly pn: string | null, readonly lid: string | null } }
        | { readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean, readonly qr: { readonly text: string, readonly svg: string, readonly expiresAt: string } }
        | { readonly webhookId: string, readonly disabledReason: string, readonly id: string, readonly type: string, readonly cursor: string, readonly instanceId: string, readonly occurredAt: string, readonly whileOffline: boolean }
       }
    | { readonly __typename: 'StreamPosition', readonly cursor: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const NamesFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Names on ChatAddress {
  id
  pn
  lid
}
    `, {"fragmentName":"Names"}) as unknown as TypedDocumentString<NamesFragment, unknown>;
export const SenderDataFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment SenderData on Sender {
  id
  pn
  lid
  name
}
    `, {"fragmentName":"SenderData"}) as unknown as TypedDocumentString<SenderDataFragment, unknown>;
export const BubbleFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`, {"fragmentName":"Bubble"}) as unknown as TypedDocumentString<BubbleFragment, unknown>;
export const ConversationDataFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ConversationData on Chat {
  id
  pn
  kind
  name
  unreadCount
  activeAt
  lastMessage {
    ...Bubble
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`, {"fragmentName":"ConversationData"}) as unknown as TypedDocumentString<ConversationDataFragment, unknown>;
export const InstanceCardFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment InstanceCard on Instance {
  id
  name
  status
  phoneNumber
  profileName
  createdAt
  lastDisconnect {
    at
    reason
    message
  }
  reconnecting {
    nextAttemptAt
    failures
  }
  restriction {
    kind
    explanation
    since
    until
  }
  deliverability {
    state
    lastAckAt
    waitingSince
  }
}
    `, {"fragmentName":"InstanceCard"}) as unknown as TypedDocumentString<InstanceCardFragment, unknown>;
export const KeyRowFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment KeyRow on ApiKey {
  id
  name
  scopes
  instanceIds
  cidrs
  ratePerMinute
  createdBy
  createdAt
  expiresAt
  revokedAt
  lastUsedAt
  lastUsedFrom
}
    `, {"fragmentName":"KeyRow"}) as unknown as TypedDocumentString<KeyRowFragment, unknown>;
export const ProblemFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Problem on Error {
  __typename
  code
  message
}
    `, {"fragmentName":"Problem"}) as unknown as TypedDocumentString<ProblemFragment, unknown>;
export const WaitingFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Waiting on Message {
  id
  uid
  status
  kind
  text
  timestamp
  scheduledAt
  chat {
    ...Names
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}`, {"fragmentName":"Waiting"}) as unknown as TypedDocumentString<WaitingFragment, unknown>;
export const AccountSettingsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment AccountSettings on InstanceSettings {
  alwaysOnline
  browserName
  fullHistory
  ignoreChannels
  ignoreGroups
  ignoreStatus
  proxy {
    protocol
    host
    port
    hasCredentials
  }
  readMessages
  rejectCalls
  rejectCallsText
  storeMedia
  whatsappVersion
}
    `, {"fragmentName":"AccountSettings"}) as unknown as TypedDocumentString<AccountSettingsFragment, unknown>;
export const WebhookCardFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment WebhookCard on Webhook {
  id
  instanceId
  url
  description
  events
  chatKinds
  direction
  headerNames
  enabled
  disabledReason
  failingSince
  pausedUntil
  ordering
  inlineMedia
  createdAt
  statistics {
    delivered
    failed
    pending
    pendingReplayed
    lagMs
    successRate
  }
}
    `, {"fragmentName":"WebhookCard"}) as unknown as TypedDocumentString<WebhookCardFragment, unknown>;
export const DeliveryRowFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DeliveryRow on Delivery {
  id
  eventId
  eventType
  state
  createdAt
  doneAt
  nextAttemptAt
  tries
  replayed
  late
  attempts {
    id
    at
    durationMs
    dnsMs
    connectMs
    firstByteMs
    status
    errorCode
    error
    response
    nextAttemptAt
  }
}
    `, {"fragmentName":"DeliveryRow"}) as unknown as TypedDocumentString<DeliveryRowFragment, unknown>;
export const LocationDataFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}
    `, {"fragmentName":"LocationData"}) as unknown as TypedDocumentString<LocationDataFragment, unknown>;
export const MessageDataFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment MessageData on Message {
  id
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    sha256
    form
    url
  }
  mentions
  mentionsAll
  isViewOnce
  forwardingScore
  disappearsAfter
  albumId
  serverId
  ... on TextMessage {
    linkPreview {
      url
      title
      description
    }
  }
  ... on LocationMessage {
    location {
      ...LocationData
    }
  }
  ... on ContactsMessage {
    contacts {
      name
      phones
      vcard
    }
  }
  ... on PollMessage {
    poll {
      question
      options
      selectableCount
    }
  }
  ... on EventMessage {
    appointment {
      name
      description
      startsAt
      endsAt
      location {
        ...LocationData
      }
      joinLink
      isCancelled
    }
  }
  ... on AlbumMessage {
    album {
      images
      videos
    }
  }
  error {
    code
    message
    whatsappCode
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}
fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}`, {"fragmentName":"MessageData"}) as unknown as TypedDocumentString<MessageDataFragment, unknown>;
export const ParticipantNamesFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ParticipantNames on Participant {
  id
  pn
  lid
}
    `, {"fragmentName":"ParticipantNames"}) as unknown as TypedDocumentString<ParticipantNamesFragment, unknown>;
export const LabelDataFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment LabelData on Label {
  id
  name
  color
}
    `, {"fragmentName":"LabelData"}) as unknown as TypedDocumentString<LabelDataFragment, unknown>;
export const EventDataFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment EventData on Event {
  id
  type
  cursor
  instanceId
  occurredAt
  whileOffline
  ... on QrUpdate {
    qr {
      text
      svg
      expiresAt
    }
  }
  ... on PairingCodeUpdate {
    pairingCode {
      code
      expiresAt
    }
  }
  ... on ConnectionOpen {
    phoneNumber
  }
  ... on ConnectionClose {
    code
    reason
    explanation
    willReconnect
  }
  ... on MessageReceived {
    message {
      ...MessageData
    }
  }
  ... on MessageSent {
    message {
      ...MessageData
    }
    source
  }
  ... on MessageStatusChanged {
    messageId
    chatId
    status
    previous
    participant {
      ...ParticipantNames
    }
  }
  ... on MessageFailed {
    message {
      ...MessageData
    }
    error {
      code
      message
      whatsappCode
    }
  }
  ... on MessageUndecryptable {
    message {
      ...MessageData
    }
  }
  ... on MessageEdited {
    message {
      ...MessageData
    }
  }
  ... on MessageDeleted {
    messageId
    chatId
    deletedBy {
      ...SenderData
    }
    fromMe
    forEveryone
  }
  ... on MessageStarred {
    messageId
    chatId
    starred
  }
  ... on MessageReaction {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    emoji
  }
  ... on MessagePinned {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    pinnedUntil
  }
  ... on MessageKept {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    isKept
  }
  ... on PollVote {
    messageId
    chatId
    voter {
      ...SenderData
    }
    fromMe
    options
  }
  ... on EventResponse {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    attendance
    extraGuests
  }
  ... on ChatUpdate {
    chat {
      ...Names
    }
    unreadCount
    archived
    pinned
    muted
    mutedUntil
    markedUnread
    cleared
    deleted
  }
  ... on LabelUpdate {
    label {
      ...LabelData
    }
    deleted
  }
  ... on LabelAssignment {
    labelId
    chat {
      ...Names
    }
    labeledMessageId
    assigned
  }
  ... on ContactUpdate {
    contact {
      ...SenderData
    }
    previousName
  }
  ... on GroupUpdate {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    change {
      isNew
      subject
      description
      announcement
      locked
      disappearingSeconds
      inviteCode
      membersMayAdd
      joinApproval
      pictureChanged
    }
  }
  ... on GroupParticipants {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    memberAction
    participants {
      ...ParticipantNames
    }
  }
  ... on GroupJoinRequest {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    requestAction
    participants {
      ...ParticipantNames
    }
  }
  ... on ChannelUpdate {
    channel {
      ...Names
    }
    channelChange {
      isFollowed
      name
      description
      isMuted
      state
    }
  }
  ... on PresenceUpdate {
    chat {
      ...Names
    }
    person {
      ...ParticipantNames
    }
    presence
    lastSeen
  }
  ... on CallUpdate {
    call {
      id
      chat {
        ...Names
      }
      caller {
        ...ParticipantNames
      }
      groupId
      isVideo
      status
    }
  }
  ... on InstanceRestricted {
    restriction {
      kind
      whatsappCode
      explanation
      since
      until
    }
  }
  ... on HistorySync {
    progress {
      phase
      percent
      chats
      contacts
      messages
    }
    trouble
  }
  ... on WebhookDisabled {
    webhookId
    disabledReason
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment ParticipantNames on Participant {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}
fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}
fragment LabelData on Label {
  id
  name
  color
}
fragment MessageData on Message {
  id
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    sha256
    form
    url
  }
  mentions
  mentionsAll
  isViewOnce
  forwardingScore
  disappearsAfter
  albumId
  serverId
  ... on TextMessage {
    linkPreview {
      url
      title
      description
    }
  }
  ... on LocationMessage {
    location {
      ...LocationData
    }
  }
  ... on ContactsMessage {
    contacts {
      name
      phones
      vcard
    }
  }
  ... on PollMessage {
    poll {
      question
      options
      selectableCount
    }
  }
  ... on EventMessage {
    appointment {
      name
      description
      startsAt
      endsAt
      location {
        ...LocationData
      }
      joinLink
      isCancelled
    }
  }
  ... on AlbumMessage {
    album {
      images
      videos
    }
  }
  error {
    code
    message
    whatsappCode
  }
}`, {"fragmentName":"EventData"}) as unknown as TypedDocumentString<EventDataFragment, unknown>;
export const ConversationsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Conversations($instanceId: ID!, $after: String, $filter: ChatFilter) {
  chats(instanceId: $instanceId, after: $after, filter: $filter) {
    edges {
      node {
        ...ConversationData
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment ConversationData on Chat {
  id
  pn
  kind
  name
  unreadCount
  activeAt
  lastMessage {
    ...Bubble
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const ConversationDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Conversation($instanceId: ID!, $chatId: ID!) {
  chat(instanceId: $instanceId, id: $chatId) {
    ...ConversationData
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment ConversationData on Chat {
  id
  pn
  kind
  name
  unreadCount
  activeAt
  lastMessage {
    ...Bubble
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const FindMessagesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query FindMessages($instanceId: ID!, $text: String!) {
  messages(instanceId: $instanceId, text: $text, first: 50) {
    edges {
      node {
        ...Bubble
      }
    }
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<FindMessagesQuery, FindMessagesQueryVariables>;
export const MarkReadDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation MarkRead($input: MarkReadInput!) {
  markRead(input: $input) {
    __typename
    ... on MarkedMessages {
      messageIds
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<MarkReadMutation, MarkReadMutationVariables>;
export const MessagesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Messages($instanceId: ID!, $chatId: ID, $first: Int!, $after: String, $statuses: [MessageStatus!]) {
  instance(id: $instanceId) {
    id
    messages(chatId: $chatId, first: $first, after: $after, statuses: $statuses) {
      edges {
        node {
          ...Bubble
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<MessagesQuery, MessagesQueryVariables>;
export const SendTextDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SendText($input: SendTextInput!) {
  sendText(input: $input) {
    __typename
    ... on Message {
      ...Bubble
    }
    ...Problem
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Problem on Error {
  __typename
  code
  message
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<SendTextMutation, SendTextMutationVariables>;
export const SendImageDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SendImage($input: SendImageInput!) {
  sendImage(input: $input) {
    __typename
    ... on Message {
      ...Bubble
    }
    ...Problem
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Problem on Error {
  __typename
  code
  message
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<SendImageMutation, SendImageMutationVariables>;
export const SendVideoDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SendVideo($input: SendVideoInput!) {
  sendVideo(input: $input) {
    __typename
    ... on Message {
      ...Bubble
    }
    ...Problem
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Problem on Error {
  __typename
  code
  message
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<SendVideoMutation, SendVideoMutationVariables>;
export const SendAudioDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SendAudio($input: SendAudioInput!) {
  sendAudio(input: $input) {
    __typename
    ... on Message {
      ...Bubble
    }
    ...Problem
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Problem on Error {
  __typename
  code
  message
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<SendAudioMutation, SendAudioMutationVariables>;
export const SendFileDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SendFile($input: SendFileInput!) {
  sendFile(input: $input) {
    __typename
    ... on Message {
      ...Bubble
    }
    ...Problem
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Problem on Error {
  __typename
  code
  message
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<SendFileMutation, SendFileMutationVariables>;
export const ReactToMessageDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ReactToMessage($input: ReactToMessageInput!) {
  reactToMessage(input: $input) {
    __typename
    ... on MessageChange {
      status
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<ReactToMessageMutation, ReactToMessageMutationVariables>;
export const CancelMessageDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CancelMessage($instanceId: ID!, $id: ID!) {
  cancelMessage(instanceId: $instanceId, id: $id) {
    __typename
    ... on Message {
      id
      status
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<CancelMessageMutation, CancelMessageMutationVariables>;
export const FollowChatsDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowChats($after: Cursor, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    __typename
    ... on EventDelivery {
      cursor
      event {
        __typename
        id
        ... on MessageReceived {
          message {
            ...Bubble
          }
        }
        ... on MessageSent {
          message {
            ...Bubble
          }
        }
        ... on MessageFailed {
          message {
            ...Bubble
          }
        }
        ... on MessageEdited {
          message {
            ...Bubble
          }
        }
        ... on MessageStatusChanged {
          chatId
          messageId
          status
        }
        ... on MessageDeleted {
          chatId
          messageId
        }
        ... on MessageReaction {
          chatId
          messageId
        }
      }
    }
    ... on StreamPosition {
      cursor
    }
  }
}
    fragment Bubble on Message {
  __typename
  id
  uid
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  editedAt
  deletedAt
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    form
    url
  }
  reactions {
    emoji
    fromMe
  }
  error {
    message
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}`) as unknown as TypedDocumentString<FollowChatsSubscription, FollowChatsSubscriptionVariables>;
export const StreamEventsDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription StreamEvents($after: Cursor, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    __typename
    ... on EventDelivery {
      cursor
      event {
        __typename
        ...EventData
      }
    }
    ... on StreamPosition {
      cursor
    }
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment ParticipantNames on Participant {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}
fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}
fragment LabelData on Label {
  id
  name
  color
}
fragment MessageData on Message {
  id
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    sha256
    form
    url
  }
  mentions
  mentionsAll
  isViewOnce
  forwardingScore
  disappearsAfter
  albumId
  serverId
  ... on TextMessage {
    linkPreview {
      url
      title
      description
    }
  }
  ... on LocationMessage {
    location {
      ...LocationData
    }
  }
  ... on ContactsMessage {
    contacts {
      name
      phones
      vcard
    }
  }
  ... on PollMessage {
    poll {
      question
      options
      selectableCount
    }
  }
  ... on EventMessage {
    appointment {
      name
      description
      startsAt
      endsAt
      location {
        ...LocationData
      }
      joinLink
      isCancelled
    }
  }
  ... on AlbumMessage {
    album {
      images
      videos
    }
  }
  error {
    code
    message
    whatsappCode
  }
}
fragment EventData on Event {
  id
  type
  cursor
  instanceId
  occurredAt
  whileOffline
  ... on QrUpdate {
    qr {
      text
      svg
      expiresAt
    }
  }
  ... on PairingCodeUpdate {
    pairingCode {
      code
      expiresAt
    }
  }
  ... on ConnectionOpen {
    phoneNumber
  }
  ... on ConnectionClose {
    code
    reason
    explanation
    willReconnect
  }
  ... on MessageReceived {
    message {
      ...MessageData
    }
  }
  ... on MessageSent {
    message {
      ...MessageData
    }
    source
  }
  ... on MessageStatusChanged {
    messageId
    chatId
    status
    previous
    participant {
      ...ParticipantNames
    }
  }
  ... on MessageFailed {
    message {
      ...MessageData
    }
    error {
      code
      message
      whatsappCode
    }
  }
  ... on MessageUndecryptable {
    message {
      ...MessageData
    }
  }
  ... on MessageEdited {
    message {
      ...MessageData
    }
  }
  ... on MessageDeleted {
    messageId
    chatId
    deletedBy {
      ...SenderData
    }
    fromMe
    forEveryone
  }
  ... on MessageStarred {
    messageId
    chatId
    starred
  }
  ... on MessageReaction {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    emoji
  }
  ... on MessagePinned {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    pinnedUntil
  }
  ... on MessageKept {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    isKept
  }
  ... on PollVote {
    messageId
    chatId
    voter {
      ...SenderData
    }
    fromMe
    options
  }
  ... on EventResponse {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    attendance
    extraGuests
  }
  ... on ChatUpdate {
    chat {
      ...Names
    }
    unreadCount
    archived
    pinned
    muted
    mutedUntil
    markedUnread
    cleared
    deleted
  }
  ... on LabelUpdate {
    label {
      ...LabelData
    }
    deleted
  }
  ... on LabelAssignment {
    labelId
    chat {
      ...Names
    }
    labeledMessageId
    assigned
  }
  ... on ContactUpdate {
    contact {
      ...SenderData
    }
    previousName
  }
  ... on GroupUpdate {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    change {
      isNew
      subject
      description
      announcement
      locked
      disappearingSeconds
      inviteCode
      membersMayAdd
      joinApproval
      pictureChanged
    }
  }
  ... on GroupParticipants {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    memberAction
    participants {
      ...ParticipantNames
    }
  }
  ... on GroupJoinRequest {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    requestAction
    participants {
      ...ParticipantNames
    }
  }
  ... on ChannelUpdate {
    channel {
      ...Names
    }
    channelChange {
      isFollowed
      name
      description
      isMuted
      state
    }
  }
  ... on PresenceUpdate {
    chat {
      ...Names
    }
    person {
      ...ParticipantNames
    }
    presence
    lastSeen
  }
  ... on CallUpdate {
    call {
      id
      chat {
        ...Names
      }
      caller {
        ...ParticipantNames
      }
      groupId
      isVideo
      status
    }
  }
  ... on InstanceRestricted {
    restriction {
      kind
      whatsappCode
      explanation
      since
      until
    }
  }
  ... on HistorySync {
    progress {
      phase
      percent
      chats
      contacts
      messages
    }
    trouble
  }
  ... on WebhookDisabled {
    webhookId
    disabledReason
  }
}`) as unknown as TypedDocumentString<StreamEventsSubscription, StreamEventsSubscriptionVariables>;
export const FollowChangesDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowChanges($after: Cursor, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    __typename
    ... on EventDelivery {
      cursor
      event {
        id
        type
        instanceId
      }
    }
    ... on StreamPosition {
      cursor
    }
  }
}
    `) as unknown as TypedDocumentString<FollowChangesSubscription, FollowChangesSubscriptionVariables>;
export const LastEventsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LastEvents($last: Int!, $before: Cursor, $filter: EventFilter) {
  events(last: $last, before: $before, filter: $filter) {
    edges {
      node {
        __typename
        ...EventData
      }
    }
    pageInfo {
      endCursor
      hasPreviousPage
    }
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment ParticipantNames on Participant {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}
fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}
fragment LabelData on Label {
  id
  name
  color
}
fragment MessageData on Message {
  id
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    sha256
    form
    url
  }
  mentions
  mentionsAll
  isViewOnce
  forwardingScore
  disappearsAfter
  albumId
  serverId
  ... on TextMessage {
    linkPreview {
      url
      title
      description
    }
  }
  ... on LocationMessage {
    location {
      ...LocationData
    }
  }
  ... on ContactsMessage {
    contacts {
      name
      phones
      vcard
    }
  }
  ... on PollMessage {
    poll {
      question
      options
      selectableCount
    }
  }
  ... on EventMessage {
    appointment {
      name
      description
      startsAt
      endsAt
      location {
        ...LocationData
      }
      joinLink
      isCancelled
    }
  }
  ... on AlbumMessage {
    album {
      images
      videos
    }
  }
  error {
    code
    message
    whatsappCode
  }
}
fragment EventData on Event {
  id
  type
  cursor
  instanceId
  occurredAt
  whileOffline
  ... on QrUpdate {
    qr {
      text
      svg
      expiresAt
    }
  }
  ... on PairingCodeUpdate {
    pairingCode {
      code
      expiresAt
    }
  }
  ... on ConnectionOpen {
    phoneNumber
  }
  ... on ConnectionClose {
    code
    reason
    explanation
    willReconnect
  }
  ... on MessageReceived {
    message {
      ...MessageData
    }
  }
  ... on MessageSent {
    message {
      ...MessageData
    }
    source
  }
  ... on MessageStatusChanged {
    messageId
    chatId
    status
    previous
    participant {
      ...ParticipantNames
    }
  }
  ... on MessageFailed {
    message {
      ...MessageData
    }
    error {
      code
      message
      whatsappCode
    }
  }
  ... on MessageUndecryptable {
    message {
      ...MessageData
    }
  }
  ... on MessageEdited {
    message {
      ...MessageData
    }
  }
  ... on MessageDeleted {
    messageId
    chatId
    deletedBy {
      ...SenderData
    }
    fromMe
    forEveryone
  }
  ... on MessageStarred {
    messageId
    chatId
    starred
  }
  ... on MessageReaction {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    emoji
  }
  ... on MessagePinned {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    pinnedUntil
  }
  ... on MessageKept {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    isKept
  }
  ... on PollVote {
    messageId
    chatId
    voter {
      ...SenderData
    }
    fromMe
    options
  }
  ... on EventResponse {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    attendance
    extraGuests
  }
  ... on ChatUpdate {
    chat {
      ...Names
    }
    unreadCount
    archived
    pinned
    muted
    mutedUntil
    markedUnread
    cleared
    deleted
  }
  ... on LabelUpdate {
    label {
      ...LabelData
    }
    deleted
  }
  ... on LabelAssignment {
    labelId
    chat {
      ...Names
    }
    labeledMessageId
    assigned
  }
  ... on ContactUpdate {
    contact {
      ...SenderData
    }
    previousName
  }
  ... on GroupUpdate {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    change {
      isNew
      subject
      description
      announcement
      locked
      disappearingSeconds
      inviteCode
      membersMayAdd
      joinApproval
      pictureChanged
    }
  }
  ... on GroupParticipants {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    memberAction
    participants {
      ...ParticipantNames
    }
  }
  ... on GroupJoinRequest {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    requestAction
    participants {
      ...ParticipantNames
    }
  }
  ... on ChannelUpdate {
    channel {
      ...Names
    }
    channelChange {
      isFollowed
      name
      description
      isMuted
      state
    }
  }
  ... on PresenceUpdate {
    chat {
      ...Names
    }
    person {
      ...ParticipantNames
    }
    presence
    lastSeen
  }
  ... on CallUpdate {
    call {
      id
      chat {
        ...Names
      }
      caller {
        ...ParticipantNames
      }
      groupId
      isVideo
      status
    }
  }
  ... on InstanceRestricted {
    restriction {
      kind
      whatsappCode
      explanation
      since
      until
    }
  }
  ... on HistorySync {
    progress {
      phase
      percent
      chats
      contacts
      messages
    }
    trouble
  }
  ... on WebhookDisabled {
    webhookId
    disabledReason
  }
}`) as unknown as TypedDocumentString<LastEventsQuery, LastEventsQueryVariables>;
export const EventReceiversDocument = /*#__PURE__*/ new TypedDocumentString(`
    query EventReceivers($eventId: ID!) {
  deliveries(eventId: $eventId) {
    id
    webhookId
    state
    tries
  }
  webhooks {
    id
    url
  }
}
    `) as unknown as TypedDocumentString<EventReceiversQuery, EventReceiversQueryVariables>;
export const HealthDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Health($first: Int!) {
  version
  instances(first: $first) {
    edges {
      node {
        id
        status
        deliverability {
          state
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
export const VitalsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Vitals {
  health {
    nodes {
      startedAt
      vitalSigns {
        at
        memory
        heap
        processor
        eventLoopDelay
      }
    }
    storage {
      database
      attachments
      free
    }
    throughput {
      received
      sent
    }
  }
}
    `) as unknown as TypedDocumentString<VitalsQuery, VitalsQueryVariables>;
export const InstancesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Instances($first: Int!, $after: String) {
  instances(first: $first, after: $after) {
    edges {
      node {
        ...InstanceCard
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment InstanceCard on Instance {
  id
  name
  status
  phoneNumber
  profileName
  createdAt
  lastDisconnect {
    at
    reason
    message
  }
  reconnecting {
    nextAttemptAt
    failures
  }
  restriction {
    kind
    explanation
    since
    until
  }
  deliverability {
    state
    lastAckAt
    waitingSince
  }
}`) as unknown as TypedDocumentString<InstancesQuery, InstancesQueryVariables>;
export const FollowInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowInstance($id: ID!) {
  instance(id: $id) {
    ...InstanceCard
  }
}
    fragment InstanceCard on Instance {
  id
  name
  status
  phoneNumber
  profileName
  createdAt
  lastDisconnect {
    at
    reason
    message
  }
  reconnecting {
    nextAttemptAt
    failures
  }
  restriction {
    kind
    explanation
    since
    until
  }
  deliverability {
    state
    lastAckAt
    waitingSince
  }
}`) as unknown as TypedDocumentString<FollowInstanceSubscription, FollowInstanceSubscriptionVariables>;
export const FollowLinkingDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowLinking($id: ID!) {
  instance(id: $id) {
    id
    status
    phoneNumber
    lastDisconnect {
      at
      reason
      message
    }
    qr {
      text
      svg
      expiresAt
    }
    pairingCode {
      code
      expiresAt
    }
  }
}
    `) as unknown as TypedDocumentString<FollowLinkingSubscription, FollowLinkingSubscriptionVariables>;
export const CreateInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateInstance($input: CreateInstanceInput!) {
  createInstance(input: $input) {
    __typename
    ... on Instance {
      ...InstanceCard
    }
    ...Problem
  }
}
    fragment InstanceCard on Instance {
  id
  name
  status
  phoneNumber
  profileName
  createdAt
  lastDisconnect {
    at
    reason
    message
  }
  reconnecting {
    nextAttemptAt
    failures
  }
  restriction {
    kind
    explanation
    since
    until
  }
  deliverability {
    state
    lastAckAt
    waitingSince
  }
}
fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<CreateInstanceMutation, CreateInstanceMutationVariables>;
export const RenameInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RenameInstance($id: ID!, $name: String) {
  renameInstance(id: $id, name: $name) {
    __typename
    ... on Instance {
      id
      name
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RenameInstanceMutation, RenameInstanceMutationVariables>;
export const StartInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation StartInstance($id: ID!) {
  startInstance(id: $id) {
    __typename
    ... on Instance {
      id
      status
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<StartInstanceMutation, StartInstanceMutationVariables>;
export const StopInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation StopInstance($id: ID!) {
  stopInstance(id: $id) {
    __typename
    ... on Instance {
      id
      status
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<StopInstanceMutation, StopInstanceMutationVariables>;
export const RestartInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RestartInstance($id: ID!) {
  restartInstance(id: $id) {
    __typename
    ... on Instance {
      id
      status
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RestartInstanceMutation, RestartInstanceMutationVariables>;
export const LogoutInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation LogoutInstance($id: ID!) {
  logoutInstance(id: $id) {
    __typename
    ... on Instance {
      id
      status
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<LogoutInstanceMutation, LogoutInstanceMutationVariables>;
export const DeleteInstanceDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DeleteInstance($id: ID!) {
  deleteInstance(id: $id) {
    __typename
    ... on DeletedInstance {
      id
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<DeleteInstanceMutation, DeleteInstanceMutationVariables>;
export const RequestQrDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RequestQr($id: ID!) {
  requestQr(id: $id) {
    __typename
    ... on QrCode {
      text
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RequestQrMutation, RequestQrMutationVariables>;
export const RequestPairingCodeDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RequestPairingCode($id: ID!, $phone: String!) {
  requestPairingCode(id: $id, phone: $phone) {
    __typename
    ... on Instance {
      id
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RequestPairingCodeMutation, RequestPairingCodeMutationVariables>;
export const ThroughputsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Throughputs($first: Int!) {
  instances(first: $first) {
    edges {
      node {
        id
        throughput {
          received
          sent
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ThroughputsQuery, ThroughputsQueryVariables>;
export const KeysDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Keys {
  apiKeys {
    ...KeyRow
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  scopes
  instanceIds
  cidrs
  ratePerMinute
  createdBy
  createdAt
  expiresAt
  revokedAt
  lastUsedAt
  lastUsedFrom
}`) as unknown as TypedDocumentString<KeysQuery, KeysQueryVariables>;
export const CreateKeyDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    __typename
    ... on ApiKey {
      key
      ...KeyRow
    }
    ...Problem
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  scopes
  instanceIds
  cidrs
  ratePerMinute
  createdBy
  createdAt
  expiresAt
  revokedAt
  lastUsedAt
  lastUsedFrom
}
fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<CreateKeyMutation, CreateKeyMutationVariables>;
export const RotateKeyDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RotateKey($id: ID!, $overlapSeconds: Int!) {
  rotateApiKey(id: $id, overlapSeconds: $overlapSeconds) {
    __typename
    ... on ApiKey {
      key
      ...KeyRow
    }
    ...Problem
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  scopes
  instanceIds
  cidrs
  ratePerMinute
  createdBy
  createdAt
  expiresAt
  revokedAt
  lastUsedAt
  lastUsedFrom
}
fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RotateKeyMutation, RotateKeyMutationVariables>;
export const RevokeKeyDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RevokeKey($id: ID!) {
  revokeApiKey(id: $id) {
    __typename
    ... on ApiKey {
      id
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const AuditDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Audit($first: Int!, $after: String, $action: String) {
  auditEntries(first: $first, after: $after, action: $action) {
    edges {
      node {
        position
        at
        action
        actor
        address
        instanceId
        target
        result
        requestId
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<AuditQuery, AuditQueryVariables>;
export const AuditVerdictDocument = /*#__PURE__*/ new TypedDocumentString(`
    query AuditVerdict {
  auditVerdict {
    intact
    checked
    brokenAt
    head {
      position
      hash
    }
  }
}
    `) as unknown as TypedDocumentString<AuditVerdictQuery, AuditVerdictQueryVariables>;
export const QueuesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Queues($first: Int!, $each: Int!) {
  instances(first: $first) {
    edges {
      node {
        id
        name
        status
        pacing {
          perMinute
          burst
          jitter
          remaining
          nextInMs
        }
        restriction {
          kind
          explanation
          since
          until
        }
        waiting: messages(last: $each, statuses: [QUEUED, SENDING], scheduled: false) {
          edges {
            node {
              ...Waiting
            }
          }
          pageInfo {
            hasPreviousPage
          }
        }
        scheduled: messages(first: $each, scheduled: true) {
          edges {
            node {
              ...Waiting
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
}
    fragment Waiting on Message {
  id
  uid
  status
  kind
  text
  timestamp
  scheduledAt
  chat {
    ...Names
  }
}
fragment Names on ChatAddress {
  id
  pn
  lid
}`) as unknown as TypedDocumentString<QueuesQuery, QueuesQueryVariables>;
export const SetPacingDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SetPacing($id: ID!, $pacing: PacingInput) {
  setPacing(id: $id, pacing: $pacing) {
    __typename
    ... on Instance {
      id
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<SetPacingMutation, SetPacingMutationVariables>;
export const SettingsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Settings($id: ID!) {
  instance(id: $id) {
    id
    settings {
      ...AccountSettings
    }
  }
}
    fragment AccountSettings on InstanceSettings {
  alwaysOnline
  browserName
  fullHistory
  ignoreChannels
  ignoreGroups
  ignoreStatus
  proxy {
    protocol
    host
    port
    hasCredentials
  }
  readMessages
  rejectCalls
  rejectCallsText
  storeMedia
  whatsappVersion
}`) as unknown as TypedDocumentString<SettingsQuery, SettingsQueryVariables>;
export const UpdateSettingsDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateSettings($id: ID!, $input: InstanceSettingsInput!) {
  updateInstanceSettings(id: $id, input: $input) {
    __typename
    ... on Instance {
      id
      settings {
        ...AccountSettings
      }
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}
fragment AccountSettings on InstanceSettings {
  alwaysOnline
  browserName
  fullHistory
  ignoreChannels
  ignoreGroups
  ignoreStatus
  proxy {
    protocol
    host
    port
    hasCredentials
  }
  readMessages
  rejectCalls
  rejectCallsText
  storeMedia
  whatsappVersion
}`) as unknown as TypedDocumentString<UpdateSettingsMutation, UpdateSettingsMutationVariables>;
export const WebhooksDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Webhooks {
  webhooks {
    ...WebhookCard
    deliveries(first: 30) {
      edges {
        node {
          id
          state
          createdAt
          doneAt
        }
      }
    }
  }
}
    fragment WebhookCard on Webhook {
  id
  instanceId
  url
  description
  events
  chatKinds
  direction
  headerNames
  enabled
  disabledReason
  failingSince
  pausedUntil
  ordering
  inlineMedia
  createdAt
  statistics {
    delivered
    failed
    pending
    pendingReplayed
    lagMs
    successRate
  }
}`) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const WebhookDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Webhook($id: ID!) {
  webhook(id: $id) {
    ...WebhookCard
  }
}
    fragment WebhookCard on Webhook {
  id
  instanceId
  url
  description
  events
  chatKinds
  direction
  headerNames
  enabled
  disabledReason
  failingSince
  pausedUntil
  ordering
  inlineMedia
  createdAt
  statistics {
    delivered
    failed
    pending
    pendingReplayed
    lagMs
    successRate
  }
}`) as unknown as TypedDocumentString<WebhookQuery, WebhookQueryVariables>;
export const DeliveriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Deliveries($id: ID!, $first: Int!, $after: String, $state: DeliveryState) {
  webhook(id: $id) {
    id
    deliveries(first: $first, after: $after, state: $state) {
      edges {
        node {
          ...DeliveryRow
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
}
    fragment DeliveryRow on Delivery {
  id
  eventId
  eventType
  state
  createdAt
  doneAt
  nextAttemptAt
  tries
  replayed
  late
  attempts {
    id
    at
    durationMs
    dnsMs
    connectMs
    firstByteMs
    status
    errorCode
    error
    response
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<DeliveriesQuery, DeliveriesQueryVariables>;
export const FollowDeliveriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowDeliveries($id: ID!) {
  deliveryUpdates(webhookId: $id) {
    ...DeliveryRow
  }
}
    fragment DeliveryRow on Delivery {
  id
  eventId
  eventType
  state
  createdAt
  doneAt
  nextAttemptAt
  tries
  replayed
  late
  attempts {
    id
    at
    durationMs
    dnsMs
    connectMs
    firstByteMs
    status
    errorCode
    error
    response
    nextAttemptAt
  }
}`) as unknown as TypedDocumentString<FollowDeliveriesSubscription, FollowDeliveriesSubscriptionVariables>;
export const FollowReplayDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowReplay($id: ID!) {
  replayUpdates(id: $id) {
    id
    examined
    total
    queued
    done
  }
}
    `) as unknown as TypedDocumentString<FollowReplaySubscription, FollowReplaySubscriptionVariables>;
export const CreateWebhookDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CreateWebhook($instanceId: ID, $input: CreateWebhookInput!) {
  createWebhook(instanceId: $instanceId, input: $input) {
    __typename
    ... on Webhook {
      secret
      ...WebhookCard
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}
fragment WebhookCard on Webhook {
  id
  instanceId
  url
  description
  events
  chatKinds
  direction
  headerNames
  enabled
  disabledReason
  failingSince
  pausedUntil
  ordering
  inlineMedia
  createdAt
  statistics {
    delivered
    failed
    pending
    pendingReplayed
    lagMs
    successRate
  }
}`) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateWebhook($id: ID!, $input: UpdateWebhookInput!) {
  updateWebhook(id: $id, input: $input) {
    __typename
    ... on Webhook {
      ...WebhookCard
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}
fragment WebhookCard on Webhook {
  id
  instanceId
  url
  description
  events
  chatKinds
  direction
  headerNames
  enabled
  disabledReason
  failingSince
  pausedUntil
  ordering
  inlineMedia
  createdAt
  statistics {
    delivered
    failed
    pending
    pendingReplayed
    lagMs
    successRate
  }
}`) as unknown as TypedDocumentString<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const DeleteWebhookDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DeleteWebhook($id: ID!) {
  deleteWebhook(id: $id) {
    __typename
    ... on DeletedWebhook {
      id
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const TestWebhookDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation TestWebhook($id: ID!) {
  testWebhook(id: $id) {
    __typename
    ... on Delivery {
      id
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<TestWebhookMutation, TestWebhookMutationVariables>;
export const RotateWebhookSecretDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RotateWebhookSecret($id: ID!) {
  rotateWebhookSecret(id: $id) {
    __typename
    ... on Webhook {
      id
      secret
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const ReplayWebhookDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ReplayWebhook($id: ID!, $input: ReplayInput!) {
  replayWebhook(id: $id, input: $input) {
    __typename
    ... on WebhookReplay {
      id
      total
      done
    }
    ...Problem
  }
}
    fragment Problem on Error {
  __typename
  code
  message
}`) as unknown as TypedDocumentString<ReplayWebhookMutation, ReplayWebhookMutationVariables>;
export const ListEventsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ListEvents($first: Int, $after: Cursor, $filter: EventFilter) {
  events(first: $first, after: $after, filter: $filter) {
    edges {
      node {
        ...EventData
      }
    }
    pageInfo {
      endCursor
    }
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment ParticipantNames on Participant {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}
fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}
fragment LabelData on Label {
  id
  name
  color
}
fragment MessageData on Message {
  id
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    sha256
    form
    url
  }
  mentions
  mentionsAll
  isViewOnce
  forwardingScore
  disappearsAfter
  albumId
  serverId
  ... on TextMessage {
    linkPreview {
      url
      title
      description
    }
  }
  ... on LocationMessage {
    location {
      ...LocationData
    }
  }
  ... on ContactsMessage {
    contacts {
      name
      phones
      vcard
    }
  }
  ... on PollMessage {
    poll {
      question
      options
      selectableCount
    }
  }
  ... on EventMessage {
    appointment {
      name
      description
      startsAt
      endsAt
      location {
        ...LocationData
      }
      joinLink
      isCancelled
    }
  }
  ... on AlbumMessage {
    album {
      images
      videos
    }
  }
  error {
    code
    message
    whatsappCode
  }
}
fragment EventData on Event {
  id
  type
  cursor
  instanceId
  occurredAt
  whileOffline
  ... on QrUpdate {
    qr {
      text
      svg
      expiresAt
    }
  }
  ... on PairingCodeUpdate {
    pairingCode {
      code
      expiresAt
    }
  }
  ... on ConnectionOpen {
    phoneNumber
  }
  ... on ConnectionClose {
    code
    reason
    explanation
    willReconnect
  }
  ... on MessageReceived {
    message {
      ...MessageData
    }
  }
  ... on MessageSent {
    message {
      ...MessageData
    }
    source
  }
  ... on MessageStatusChanged {
    messageId
    chatId
    status
    previous
    participant {
      ...ParticipantNames
    }
  }
  ... on MessageFailed {
    message {
      ...MessageData
    }
    error {
      code
      message
      whatsappCode
    }
  }
  ... on MessageUndecryptable {
    message {
      ...MessageData
    }
  }
  ... on MessageEdited {
    message {
      ...MessageData
    }
  }
  ... on MessageDeleted {
    messageId
    chatId
    deletedBy {
      ...SenderData
    }
    fromMe
    forEveryone
  }
  ... on MessageStarred {
    messageId
    chatId
    starred
  }
  ... on MessageReaction {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    emoji
  }
  ... on MessagePinned {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    pinnedUntil
  }
  ... on MessageKept {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    isKept
  }
  ... on PollVote {
    messageId
    chatId
    voter {
      ...SenderData
    }
    fromMe
    options
  }
  ... on EventResponse {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    attendance
    extraGuests
  }
  ... on ChatUpdate {
    chat {
      ...Names
    }
    unreadCount
    archived
    pinned
    muted
    mutedUntil
    markedUnread
    cleared
    deleted
  }
  ... on LabelUpdate {
    label {
      ...LabelData
    }
    deleted
  }
  ... on LabelAssignment {
    labelId
    chat {
      ...Names
    }
    labeledMessageId
    assigned
  }
  ... on ContactUpdate {
    contact {
      ...SenderData
    }
    previousName
  }
  ... on GroupUpdate {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    change {
      isNew
      subject
      description
      announcement
      locked
      disappearingSeconds
      inviteCode
      membersMayAdd
      joinApproval
      pictureChanged
    }
  }
  ... on GroupParticipants {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    memberAction
    participants {
      ...ParticipantNames
    }
  }
  ... on GroupJoinRequest {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    requestAction
    participants {
      ...ParticipantNames
    }
  }
  ... on ChannelUpdate {
    channel {
      ...Names
    }
    channelChange {
      isFollowed
      name
      description
      isMuted
      state
    }
  }
  ... on PresenceUpdate {
    chat {
      ...Names
    }
    person {
      ...ParticipantNames
    }
    presence
    lastSeen
  }
  ... on CallUpdate {
    call {
      id
      chat {
        ...Names
      }
      caller {
        ...ParticipantNames
      }
      groupId
      isVideo
      status
    }
  }
  ... on InstanceRestricted {
    restriction {
      kind
      whatsappCode
      explanation
      since
      until
    }
  }
  ... on HistorySync {
    progress {
      phase
      percent
      chats
      contacts
      messages
    }
    trouble
  }
  ... on WebhookDisabled {
    webhookId
    disabledReason
  }
}`) as unknown as TypedDocumentString<ListEventsQuery, ListEventsQueryVariables>;
export const FollowEventsDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription FollowEvents($after: Cursor, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    __typename
    ... on EventDelivery {
      cursor
      event {
        ...EventData
      }
    }
    ... on StreamPosition {
      cursor
    }
  }
}
    fragment Names on ChatAddress {
  id
  pn
  lid
}
fragment ParticipantNames on Participant {
  id
  pn
  lid
}
fragment SenderData on Sender {
  id
  pn
  lid
  name
}
fragment LocationData on Location {
  latitude
  longitude
  name
  address
  url
  isLive
}
fragment LabelData on Label {
  id
  name
  color
}
fragment MessageData on Message {
  id
  instanceId
  chat {
    ...Names
  }
  sender {
    ...SenderData
  }
  fromMe
  kind
  text
  timestamp
  status
  quotedId
  media {
    mimetype
    size
    fileName
    width
    height
    duration
    sha256
    form
    url
  }
  mentions
  mentionsAll
  isViewOnce
  forwardingScore
  disappearsAfter
  albumId
  serverId
  ... on TextMessage {
    linkPreview {
      url
      title
      description
    }
  }
  ... on LocationMessage {
    location {
      ...LocationData
    }
  }
  ... on ContactsMessage {
    contacts {
      name
      phones
      vcard
    }
  }
  ... on PollMessage {
    poll {
      question
      options
      selectableCount
    }
  }
  ... on EventMessage {
    appointment {
      name
      description
      startsAt
      endsAt
      location {
        ...LocationData
      }
      joinLink
      isCancelled
    }
  }
  ... on AlbumMessage {
    album {
      images
      videos
    }
  }
  error {
    code
    message
    whatsappCode
  }
}
fragment EventData on Event {
  id
  type
  cursor
  instanceId
  occurredAt
  whileOffline
  ... on QrUpdate {
    qr {
      text
      svg
      expiresAt
    }
  }
  ... on PairingCodeUpdate {
    pairingCode {
      code
      expiresAt
    }
  }
  ... on ConnectionOpen {
    phoneNumber
  }
  ... on ConnectionClose {
    code
    reason
    explanation
    willReconnect
  }
  ... on MessageReceived {
    message {
      ...MessageData
    }
  }
  ... on MessageSent {
    message {
      ...MessageData
    }
    source
  }
  ... on MessageStatusChanged {
    messageId
    chatId
    status
    previous
    participant {
      ...ParticipantNames
    }
  }
  ... on MessageFailed {
    message {
      ...MessageData
    }
    error {
      code
      message
      whatsappCode
    }
  }
  ... on MessageUndecryptable {
    message {
      ...MessageData
    }
  }
  ... on MessageEdited {
    message {
      ...MessageData
    }
  }
  ... on MessageDeleted {
    messageId
    chatId
    deletedBy {
      ...SenderData
    }
    fromMe
    forEveryone
  }
  ... on MessageStarred {
    messageId
    chatId
    starred
  }
  ... on MessageReaction {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    emoji
  }
  ... on MessagePinned {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    pinnedUntil
  }
  ... on MessageKept {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    isKept
  }
  ... on PollVote {
    messageId
    chatId
    voter {
      ...SenderData
    }
    fromMe
    options
  }
  ... on EventResponse {
    messageId
    chatId
    sender {
      ...SenderData
    }
    fromMe
    attendance
    extraGuests
  }
  ... on ChatUpdate {
    chat {
      ...Names
    }
    unreadCount
    archived
    pinned
    muted
    mutedUntil
    markedUnread
    cleared
    deleted
  }
  ... on LabelUpdate {
    label {
      ...LabelData
    }
    deleted
  }
  ... on LabelAssignment {
    labelId
    chat {
      ...Names
    }
    labeledMessageId
    assigned
  }
  ... on ContactUpdate {
    contact {
      ...SenderData
    }
    previousName
  }
  ... on GroupUpdate {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    change {
      isNew
      subject
      description
      announcement
      locked
      disappearingSeconds
      inviteCode
      membersMayAdd
      joinApproval
      pictureChanged
    }
  }
  ... on GroupParticipants {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    memberAction
    participants {
      ...ParticipantNames
    }
  }
  ... on GroupJoinRequest {
    group {
      ...Names
    }
    author {
      ...ParticipantNames
    }
    requestAction
    participants {
      ...ParticipantNames
    }
  }
  ... on ChannelUpdate {
    channel {
      ...Names
    }
    channelChange {
      isFollowed
      name
      description
      isMuted
      state
    }
  }
  ... on PresenceUpdate {
    chat {
      ...Names
    }
    person {
      ...ParticipantNames
    }
    presence
    lastSeen
  }
  ... on CallUpdate {
    call {
      id
      chat {
        ...Names
      }
      caller {
        ...ParticipantNames
      }
      groupId
      isVideo
      status
    }
  }
  ... on InstanceRestricted {
    restriction {
      kind
      whatsappCode
      explanation
      since
      until
    }
  }
  ... on HistorySync {
    progress {
      phase
      percent
      chats
      contacts
      messages
    }
    trouble
  }
  ... on WebhookDisabled {
    webhookId
    disabledReason
  }
}`) as unknown as TypedDocumentString<FollowEventsSubscription, FollowEventsSubscriptionVariables>;