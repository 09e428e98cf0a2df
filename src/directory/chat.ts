import type { Address } from "../domain/address.ts";
import type { ChatKind } from "../domain/chat.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { ChatEdits } from "./chat-edits.ts";

/** A chat as the account sees it. */
export interface Chat extends Address {
  readonly instanceId: InstanceId;
  readonly kind: ChatKind;
  /** What the person calls themselves, or what the group is called; null while nobody has told. */
  readonly name: string | null;
  /** When something was last written there, or when it became known. */
  readonly activeAt: Date;
  /** What was received since the account last read or wrote there. */
  readonly unreadCount: number;
  readonly archived: boolean;
  /** Null when it is not pinned. */
  readonly pinnedAt: Date | null;
  readonly muted: boolean;
  /** Null for ever, and when it is not muted. */
  readonly mutedUntil: Date | null;
  /** Marked by hand; what is unread is counted apart from it. */
  readonly markedUnread: boolean;
}

/** Somebody whom the account knows. */
export interface Contact extends Address {
  readonly instanceId: InstanceId;
  /** What they call themselves. It proves nothing. */
  readonly pushName: string | null;
  /** When they last wrote, as far as that message is kept. */
  readonly lastSeenAt: Date | null;
}

/** What the messages of an account tell of its chats and of the people in them. */
export interface Chats extends ChatEdits {
  /**
   * The one whose latest message is newest comes first.
   * @throws GatewayError CURSOR_INVALID
   */
  list(query: ChatQuery): Promise<Page<Chat>>;
  /** By either name of a person. */
  find(instanceId: string, id: string): Promise<Chat | undefined>;
  /**
   * By name, and those without one by number, before the others.
   * @throws GatewayError CURSOR_INVALID, BAD_INPUT
   */
  contacts(query: ContactQuery): Promise<Page<Contact>>;
}

/** How the account is to keep a chat: what is left out stays as it is. */
export interface ChatWish {
  readonly archived?: boolean | null | undefined;
  readonly pinned?: boolean | null | undefined;
  readonly muted?: boolean | null | undefined;
  /** Mutes it until then. */
  readonly mutedUntil?: Date | null | undefined;
  readonly markedUnread?: boolean | null | undefined;
}

/** Which part of a list, in the list's order. */
export interface PageQuery {
  readonly limit: number;
  /** Only what stands behind this cursor. */
  readonly after?: string | null;
  /** Only what stands before this cursor. */
  readonly before?: string | null;
  /** Which end of that the page is taken from. */
  readonly from: "START" | "END";
}

export interface ChatQuery extends PageQuery {
  readonly instanceId: string;
  readonly kinds?: readonly ChatKind[] | null;
  /** Only those with unread messages, or only those without. */
  readonly unread?: boolean | null;
  /** Only those that are archived, or only those that are not. */
  readonly archived?: boolean | null;
  /** Only those with this label. */
  readonly labelId?: string | null;
}

export interface ContactQuery extends PageQuery {
  readonly instanceId: string;
  /** A part of a name or of a number. */
  readonly search?: string | null;
}

export interface Page<T> {
  /** In the list's order, whichever end they were taken from. */
  readonly entries: readonly (T & { readonly cursor: string })[];
  /** Whether there is more beyond the page. */
  readonly more: boolean;
}
