import type { ContactCard, Location, Poll } from "./content.ts";
import type { Jid, MessageId } from "./ids.ts";

/** What a caller wants to send, with attachments as files on this machine. */
export type OutgoingContent = (
  | { readonly kind: "TEXT"; readonly text: string; readonly mentions?: readonly Jid[] }
  | {
      readonly kind: "IMAGE" | "DOCUMENT";
      readonly path: string;
      readonly mimetype: string;
      readonly fileName: string | null;
      readonly caption: string | null;
      /** A small JPEG for the preview, base64. */
      readonly thumbnail: string | null;
    }
  | { readonly kind: "LOCATION"; readonly location: Location }
  | { readonly kind: "CONTACTS"; readonly contacts: readonly ContactCard[] }
  | { readonly kind: "POLL"; readonly poll: Poll }
) & { readonly quoted: Quoted | null };

/** The message that is answered: enough of it for the receiver to show. */
export interface Quoted {
  readonly id: MessageId;
  readonly sender: Jid;
  readonly fromMe: boolean;
  readonly text: string | null;
}
