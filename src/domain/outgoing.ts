import type { Address } from "./address.ts";
import type {
  Album,
  Appointment,
  Attendance,
  ContactCard,
  Content,
  LinkPreview,
  Location,
  Media,
  MediaForm,
  Poll,
  StatusFont,
} from "./content.ts";
import type { Jid, MessageId } from "./ids.ts";

/** What a caller wants to send, with attachments as files on this machine. */
export type OutgoingContent = (
  | {
      readonly kind: "TEXT";
      readonly text: string;
      /** Of a status. */
      readonly style?: TextStyle | null;
      /** The thumbnail is a small JPEG, base64. */
      readonly preview?: (LinkPreview & { readonly thumbnail: string | null }) | null;
    }
  | OutgoingFile
  | OutgoingAgain
  | { readonly kind: "LOCATION"; readonly location: Location }
  | { readonly kind: "CONTACTS"; readonly contacts: readonly ContactCard[] }
  | { readonly kind: "POLL"; readonly poll: Poll }
  | { readonly kind: "EVENT"; readonly appointment: OutgoingAppointment }
  | { readonly kind: "FORWARD"; readonly original: Original }
  | { readonly kind: "ALBUM"; readonly album: Album }
  | OutgoingChange
) &
  OutgoingContext;

/** How phones show a status of text. */
export interface TextStyle {
  /** `#` and six hexadecimal digits. */
  readonly backgroundColor: string;
  readonly font: StatusFont;
}

/** An appointment on its way out: it is stored as JSON, and has to begin some time. */
export type OutgoingAppointment = Omit<Appointment, "startsAt" | "endsAt"> & {
  /** ISO 8601. */
  readonly startsAt: string;
  readonly endsAt: string | null;
};

/** What stands beside what is said. */
export interface OutgoingContext {
  readonly quoted: Quoted | null;
  /** Who is named in the text. */
  readonly mentions?: readonly Jid[];
  /** Everybody in the group is named. */
  readonly mentionsAll?: boolean;
  /** After how many seconds phones remove it; null for what stays. */
  readonly disappearsAfter?: number | null;
  /** The message that begins the album to which it belongs. */
  readonly albumId?: MessageId | null;
}

/** A message that is passed on as it is. */
export interface Original {
  readonly content: Content;
  /** The encoded `Message`, base64. */
  readonly raw: string;
}

/** What is done to a message that is there already. */
export type OutgoingChange =
  | {
      readonly kind: "EDIT";
      readonly target: ChangeTarget;
      readonly text: string;
    }
  | { readonly kind: "DELETION"; readonly target: ChangeTarget }
  | {
      readonly kind: "REACTION";
      readonly target: ChangeTarget;
      /** Null takes it back. */
      readonly emoji: string | null;
    }
  | {
      readonly kind: "PIN";
      readonly target: ChangeTarget;
      /** For how long; null unpins it. */
      readonly seconds: number | null;
    }
  | { readonly kind: "KEEP"; readonly target: ChangeTarget; readonly isKept: boolean }
  | ({
      readonly kind: "VOTE";
      readonly target: ChangeTarget;
      /** All that is chosen; nothing takes the vote back. */
      readonly options: readonly string[];
    } & Sealed)
  | ({
      readonly kind: "RESPONSE";
      readonly target: ChangeTarget;
      readonly attendance: Attendance;
      /** Who else comes along. */
      readonly extraGuests: number;
    } & Sealed);

/** It is sealed with a secret in the message that it answers, and the names of those who wrote both. */
export interface Sealed {
  readonly asked: {
    readonly author: Address;
    /** The encoded `Message`, base64. */
    readonly raw: string;
  };
}

/** A message as WhatsApp names it. */
export interface ChangeTarget {
  readonly uid: string;
  readonly id: MessageId;
  readonly chat: Jid;
  readonly fromMe: boolean;
  /** Who wrote it, in groups and where it is not ours. */
  readonly participant: Jid | null;
}

/** A file on its way out, ready to be encrypted and uploaded as it is. */
export interface OutgoingFile {
  readonly kind: "IMAGE" | "VIDEO" | "AUDIO" | "DOCUMENT" | "STICKER";
  readonly path: string;
  readonly mimetype: string;
  readonly fileName: string | null;
  readonly caption: string | null;
  /** A small JPEG for the preview, base64. */
  readonly thumbnail: string | null;
  readonly form?: MediaForm | null;
  /** In pixels. */
  readonly width?: number | null;
  readonly height?: number | null;
  /** In seconds. */
  readonly duration?: number | null;
  /** How loud a voice note is over its length: 64 values from 0 to 100. */
  readonly waveform?: readonly number[] | null;
  /** Phones show it once only. */
  readonly isViewOnce?: boolean;
}

/** The attachment of a message that WhatsApp has: it is neither fetched nor uploaded. */
export interface OutgoingAgain extends Pick<OutgoingFile, "kind" | "caption" | "isViewOnce"> {
  /** As it is to be shown. */
  readonly media: Media;
  /** The encoded `Message` that it is the attachment of, base64. */
  readonly raw: string;
}

/** The message that is answered: enough of it for the receiver to show. */
export interface Quoted {
  readonly id: MessageId;
  readonly sender: Jid;
  readonly fromMe: boolean;
  readonly text: string | null;
  /** Where it was written, if that is another chat. */
  readonly chat?: Jid | null;
  /** The encoded `Message`, base64; null for one that is too large to be carried along. */
  readonly raw?: string | null;
}
