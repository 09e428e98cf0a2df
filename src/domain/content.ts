import type { Jid, MessageId } from "./ids.ts";

export const MESSAGE_KINDS = [
  "TEXT",
  "IMAGE",
  "VIDEO",
  "AUDIO",
  "DOCUMENT",
  "STICKER",
  "LOCATION",
  "CONTACTS",
  "POLL",
  "EVENT",
  "ALBUM",
  "UNSUPPORTED",
  "UNDECRYPTABLE",
] as const;

export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What is known of an attachment. The bytes are fetched on demand and checked against `sha256` and `size`. */
export interface Media {
  readonly mimetype: string;
  /** In bytes, as the sender states it. */
  readonly size: number | null;
  readonly fileName: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** In seconds. */
  readonly duration: number | null;
  /** SHA-256 of the plain bytes, base64. */
  readonly sha256: string | null;
  /** How WhatsApp shows it, where that is not as the kind usually is. */
  readonly form: MediaForm | null;
}

export const MEDIA_FORMS = ["VOICE_NOTE", "VIDEO_NOTE", "GIF", "ANIMATED"] as const;

/** A recorded voice, a round video, a video that plays by itself without sound, a sticker that moves. */
export type MediaForm = (typeof MEDIA_FORMS)[number];

/** A place on the map. */
export interface Location {
  /** In degrees, north and east are positive. */
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
  readonly url: string | null;
  /** Whether the sender goes on telling where they are; only where they began is known. */
  readonly isLive: boolean;
}

export interface ContactCard {
  readonly name: string | null;
  /** Digits, as WhatsApp knows the number where the card says so. */
  readonly phones: readonly string[];
  /** The card itself, RFC 6350 or its predecessors. */
  readonly vcard: string;
}

export interface Poll {
  readonly question: string;
  readonly options: readonly string[];
  /** How many options one may choose; null for any number. */
  readonly selectableCount: number | null;
}

/** An appointment in a chat. */
export interface Appointment {
  readonly name: string;
  readonly description: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly location: Location | null;
  /** Where one joins the call that belongs to it. */
  readonly joinLink: string | null;
  readonly isCancelled: boolean;
}

export const ATTENDANCES = ["GOING", "NOT_GOING", "MAYBE"] as const;

/** What somebody answers to an appointment. */
export type Attendance = (typeof ATTENDANCES)[number];

/** How many pictures and videos follow, each a message of its own. */
export interface Album {
  readonly images: number;
  readonly videos: number;
}

/** What messages of some kinds consist of, beside text and attachment. */
export type Details =
  | { readonly kind: "LOCATION"; readonly location: Location }
  | { readonly kind: "CONTACTS"; readonly contacts: readonly ContactCard[] }
  | { readonly kind: "POLL"; readonly poll: Poll }
  | { readonly kind: "EVENT"; readonly appointment: Appointment }
  | { readonly kind: "ALBUM"; readonly album: Album };

export const STATUS_FONTS = [
  "SYSTEM",
  "SYSTEM_TEXT",
  "FB_SCRIPT",
  "SYSTEM_BOLD",
  "MORNINGBREEZE_REGULAR",
  "CALISTOGA_REGULAR",
  "EXO2_EXTRABOLD",
  "COURIERPRIME_BOLD",
] as const;

/** The letters in which phones show a status of text, under WhatsApp's own names. */
export type StatusFont = (typeof STATUS_FONTS)[number];

/** What is shown of a page to which a text leads. */
export interface LinkPreview {
  /** As it stands in the text. */
  readonly url: string;
  readonly title: string;
  readonly description: string | null;
}

/** What few messages have. */
export interface Extras {
  readonly details: Details | null;
  /** Who is named in the text. */
  readonly mentions: readonly Jid[];
  /** Whether everybody in the group is named. */
  readonly mentionsAll: boolean;
  /** Phones show it once only. */
  readonly isViewOnce: boolean;
  /** How often it was passed on; phones call 5 and more "forwarded many times". */
  readonly forwardingScore: number;
  /** After how many seconds it disappears; null when it stays. */
  readonly disappearsAfter: number | null;
  /** The message that begins the album to which it belongs. */
  readonly albumId: MessageId | null;
  readonly linkPreview: LinkPreview | null;
  /** Of a post in a channel: its number there, by which WhatsApp's server knows it. */
  readonly serverId: string | null;
}

/** What a message says. */
export interface Content extends Extras {
  readonly kind: MessageKind;
  /** What people read first: the text, a caption, the question of a poll, the name of an appointment. */
  readonly text: string | null;
  readonly quotedId: MessageId | null;
  readonly media: Media | null;
}

export const NO_EXTRAS: Extras = {
  details: null,
  mentions: [],
  mentionsAll: false,
  isViewOnce: false,
  forwardingScore: 0,
  disappearsAfter: null,
  albumId: null,
  linkPreview: null,
  serverId: null,
};

/** As JSON without what is not there: most messages have nothing of it. */
export function encodeExtras(from: Extras): string | null {
  const { details, mentions, mentionsAll, isViewOnce, forwardingScore } = from;
  const { disappearsAfter, albumId, linkPreview, serverId } = from;
  const found = {
    ...(details && { details }),
    ...(mentions.length > 0 && { mentions }),
    ...(mentionsAll && { mentionsAll }),
    ...(isViewOnce && { isViewOnce }),
    ...(forwardingScore > 0 && { forwardingScore }),
    ...(disappearsAfter !== null && { disappearsAfter }),
    ...(albumId !== null && { albumId }),
    ...(linkPreview && { linkPreview }),
    ...(serverId !== null && { serverId }),
  };
  return Object.keys(found).length === 0 ? null : JSON.stringify(found);
}

/** What `encodeExtras` wrote, or part of an event in the log; only instants are not what they were. */
export function reviveExtras(stored: Partial<Extras> | null): Extras {
  const extras = { ...NO_EXTRAS, ...stored };
  const { details } = extras;
  if (details?.kind !== "EVENT") return extras;
  const { startsAt, endsAt } = details.appointment;
  const appointment = {
    ...details.appointment,
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
  };
  return { ...extras, details: { kind: "EVENT", appointment } };
}

function instant(stored: Date | string | null): Date | null {
  return stored === null ? null : new Date(stored);
}
