import type { MediaForm } from "../../domain/content.ts";
import type { MediaSource } from "../../domain/media-source.ts";
import type { StyleDraft } from "../status/style.ts";
import type { PreviewWish } from "../preview/preview-wish.ts";

/** What a caller asks to send, before it was checked. */
export type SendContent =
  | {
      readonly kind: "TEXT";
      readonly text: string;
      readonly preview?: PreviewWish | null;
      /** Of a status. */
      readonly style?: StyleDraft | null;
    }
  | {
      readonly kind: "FORWARD";
      readonly messageId: string;
      /** Needed only where several chats have a message of that id. */
      readonly chatId?: string | null | undefined;
    }
  | { readonly kind: "LOCATION"; readonly location: LocationDraft }
  | { readonly kind: "CONTACTS"; readonly contacts: readonly ContactDraft[] }
  | { readonly kind: "POLL"; readonly poll: PollDraft }
  | { readonly kind: "EVENT"; readonly appointment: AppointmentDraft }
  | FileContent;

export type FileContent =
  | ({ readonly kind: "IMAGE" } & Captioned & Fleeting)
  | ({
      readonly kind: "VIDEO";
      readonly form?: Extract<MediaForm, "GIF" | "VIDEO_NOTE"> | null;
    } & Captioned &
      Fleeting)
  | ({ readonly kind: "AUDIO"; readonly isVoiceNote?: boolean | null } & Sourced & Fleeting)
  | ({ readonly kind: "STICKER" } & Sourced)
  | ({
      readonly kind: "DOCUMENT";
      readonly fileName?: string | null;
      readonly mimetype?: string | null;
    } & Captioned);

interface Sourced {
  readonly source: MediaSource;
}

interface Captioned extends Sourced {
  readonly caption?: string | null;
}

interface Fleeting {
  /** Phones show it once only. */
  readonly isViewOnce?: boolean | null;
}

export interface LocationDraft {
  /** In degrees, north and east are positive. */
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly url?: string | null | undefined;
}

/** A person to pass on: by number, or as a card of the caller's own. */
export interface ContactDraft {
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly vcard?: string | null | undefined;
}

export interface AppointmentDraft {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly startsAt: Date;
  readonly endsAt?: Date | null | undefined;
  readonly location?: LocationDraft | null | undefined;
}

export interface PollDraft {
  readonly question: string;
  readonly options: readonly string[];
  /** How many one may choose; any number if left out. */
  readonly selectableCount?: number | null | undefined;
}
