import type { proto } from "@whiskeysockets/baileys";
import type { CollectionName } from "./collection-name.ts";

interface MessageName {
  readonly chat: string;
  readonly id: string;
  readonly fromMe?: boolean;
  /** In groups: who wrote it, unless the account itself did. */
  readonly participant?: string;
}

/** What somebody does on the phone that concerns their other devices. Chats are JIDs. */
export type PhoneAction =
  | { readonly archive: boolean; readonly chat: string }
  | { readonly pin: boolean; readonly chat: string }
  /** Until then, in milliseconds since 1970; -1 for ever, null to hear of it again. */
  | { readonly mute: number | null; readonly chat: string }
  | { readonly markRead: boolean; readonly chat: string }
  /** `upTo`, in seconds since 1970: what is newer stays. */
  | {
      readonly clear: { readonly upTo: number; readonly keepStarred?: boolean };
      readonly chat: string;
    }
  | { readonly deleteChat: { readonly upTo: number }; readonly chat: string }
  | ({ readonly star: boolean } & MessageName)
  | ({ readonly deleteForMe: true } & MessageName)
  | {
      readonly label: {
        readonly id: string;
        readonly name: string;
        readonly color: number;
        readonly deleted?: boolean;
      };
    }
  | { readonly chatLabel: string; readonly labeled: boolean; readonly chat: string }
  | ({ readonly messageLabel: string; readonly labeled: boolean } & MessageName)
  /** How the person is called in the phone's address book; null to take the entry out. */
  | {
      readonly contact: { readonly fullName: string; readonly firstName?: string } | null;
      readonly chat: string;
    }
  | { readonly pushName: string };

/** An action as it is written into a collection. */
export interface Written {
  readonly collection: CollectionName;
  readonly index: readonly string[];
  readonly version: number;
  readonly value: proto.ISyncActionValue;
  readonly isRemoved?: boolean;
}

export function writtenOf(action: PhoneAction): Written {
  if ("archive" in action) {
    const value = { archiveChatAction: { archived: action.archive } };
    return low(3, ["archive", action.chat], value);
  }
  if ("pin" in action)
    return low(5, ["pin_v1", action.chat], { pinAction: { pinned: action.pin } });
  if ("mute" in action) {
    const { mute, chat } = action;
    const muteAction = { muted: mute !== null, ...(mute !== null && { muteEndTimestamp: mute }) };
    return high(2, ["mute", chat], { muteAction });
  }
  if ("markRead" in action) {
    const value = { markChatAsReadAction: { read: action.markRead } };
    return low(3, ["markChatAsRead", action.chat], value);
  }
  if ("clear" in action) {
    const { upTo, keepStarred = false } = action.clear;
    const value = { clearChatAction: { messageRange: { lastMessageTimestamp: upTo } } };
    return high(6, ["clearChat", action.chat, keepStarred ? "0" : "1", "0"], value);
  }
  if ("deleteChat" in action) {
    const messageRange = { lastMessageTimestamp: action.deleteChat.upTo };
    return high(6, ["deleteChat", action.chat, "1"], { deleteChatAction: { messageRange } });
  }
  if ("star" in action) {
    return low(2, ["star", ...nameOf(action)], { starAction: { starred: action.star } });
  }
  if ("deleteForMe" in action) {
    const value = { deleteMessageForMeAction: { deleteMedia: false } };
    return high(3, ["deleteMessageForMe", ...nameOf(action)], value);
  }
  if ("label" in action) {
    const { id, ...labelEditAction } = action.label;
    return regular(3, ["label_edit", id], { labelEditAction });
  }
  if ("chatLabel" in action || "messageLabel" in action) {
    const value = { labelAssociationAction: { labeled: action.labeled } };
    return "chatLabel" in action
      ? regular(3, ["label_jid", action.chatLabel, action.chat], value)
      : regular(3, ["label_message", action.messageLabel, ...nameOf(action)], value);
  }
  if ("contact" in action) {
    const { contact, chat } = action;
    const value = { contactAction: contact ?? {} };
    const written = {
      collection: "critical_unblock_low",
      index: ["contact", chat],
      version: 2,
    } as const;
    return { ...written, value, isRemoved: contact === null };
  }
  const value = { pushNameSetting: { name: action.pushName } };
  return { collection: "critical_block", index: ["setting_pushName"], version: 1, value };
}

function nameOf({ chat, id, fromMe = false, participant = "0" }: MessageName): readonly string[] {
  return [chat, id, fromMe ? "1" : "0", fromMe ? "0" : participant];
}

type Writer = (version: number, index: readonly string[], value: proto.ISyncActionValue) => Written;

const into =
  (collection: CollectionName): Writer =>
  (version, index, value) => ({ collection, index, version, value });

const [high, low, regular] = [into("regular_high"), into("regular_low"), into("regular")];
