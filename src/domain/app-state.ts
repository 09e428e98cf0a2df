import type { Address } from "./address.ts";
import type { Jid, MessageId } from "./ids.ts";
import type { Label } from "./label.ts";

/** How the account keeps a chat, on all its devices. What is left out has not changed. */
export interface ChatSettings {
  readonly isArchived?: boolean;
  /** Null when it is pinned no more. */
  readonly pinnedAt?: Date | null;
  readonly isMuted?: boolean;
  /** Until when; null for ever, or when it is not muted. */
  readonly mutedUntil?: Date | null;
  readonly isMarkedUnread?: boolean;
}

/** What the devices of an account have agreed on since: WhatsApp calls it app state. Said twice, it is the same. */
export type AppStateChange = { readonly at: Date } & (
  | { readonly kind: "CHAT"; readonly chat: Address; readonly settings: ChatSettings }
  /** Messages up to that time have gone, and with `isDeleted` the chat too. */
  | {
      readonly kind: "CHAT_EMPTIED";
      readonly chat: Address;
      readonly upTo: Date;
      readonly isDeleted: boolean;
      readonly keepsStarred: boolean;
    }
  | { readonly kind: "STARRED"; readonly message: SharedMessage; readonly isStarred: boolean }
  | {
      readonly kind: "LABEL";
      readonly label: Label;
      /** Which of WhatsApp's own it is, if it is one. */
      readonly predefinedId: number | null;
      readonly isDeleted: boolean;
    }
  | {
      readonly kind: "LABELED";
      readonly labelId: string;
      readonly chat: Address;
      /** Null for the chat itself. */
      readonly message: SharedMessage | null;
      readonly isLabeled: boolean;
    }
  /** It is gone from the account's devices; nobody else's is touched. */
  | { readonly kind: "MESSAGE_REMOVED"; readonly message: SharedMessage }
);

/** A message as the account's devices name it to each other. */
export interface SharedMessage {
  readonly id: MessageId;
  readonly chat: Address;
  readonly fromMe: boolean;
  /** In groups: who wrote it, unless the account did, where that is said. */
  readonly author: Address | null;
}

/** A message as its chat's devices name it. */
export interface MessageKey {
  readonly id: MessageId;
  readonly fromMe: boolean;
  /** In groups: who wrote it, unless the account did. */
  readonly participant: Jid | null;
  readonly timestamp: Date;
}

/** What an account does that its other devices are to know. */
export type AppStateEdit =
  | {
      readonly kind: "ARCHIVE";
      readonly chat: Jid;
      readonly isArchived: boolean;
      /** The newest message there: what comes later was not meant. */
      readonly last: MessageKey | null;
    }
  | { readonly kind: "PIN"; readonly chat: Jid; readonly isPinned: boolean }
  /** Until then; null for ever. */
  | { readonly kind: "MUTE"; readonly chat: Jid; readonly until: Date | null }
  | { readonly kind: "UNMUTE"; readonly chat: Jid }
  | {
      readonly kind: "MARK_UNREAD";
      readonly chat: Jid;
      readonly isUnread: boolean;
      readonly last: MessageKey | null;
    }
  | {
      readonly kind: "EMPTY";
      readonly chat: Jid;
      readonly isDeleted: boolean;
      readonly keepsStarred: boolean;
      readonly last: MessageKey | null;
    }
  | {
      readonly kind: "STAR";
      readonly chat: Jid;
      readonly message: MessageKey;
      readonly isStarred: boolean;
    }
  /** What the account calls itself. */
  | { readonly kind: "OWN_NAME"; readonly name: string }
  | { readonly kind: "REMOVE_MESSAGE"; readonly chat: Jid; readonly message: MessageKey }
  | {
      readonly kind: "LABEL";
      readonly label: Label;
      readonly predefinedId: number | null;
      readonly isDeleted: boolean;
    }
  | {
      readonly kind: "PUT_LABEL";
      readonly labelId: string;
      readonly chat: Jid;
      /** Null for the chat itself. */
      readonly message: MessageKey | null;
      readonly isLabeled: boolean;
    };
