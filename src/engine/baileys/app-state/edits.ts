import { isGroup } from "../../../domain/address.ts";
import type { AppStateEdit, MessageKey } from "../../../domain/app-state.ts";
import type { Jid } from "../../../domain/ids.ts";
import { OWN_NAME } from "./names.ts";
import { proto, type WAPatchCreate } from "../library.ts";

const { SyncdOperation } = proto.SyncdMutation;

/** WhatsApp's word for a mute without an end. */
const FOR_EVER = -1;

/** An edit as WhatsApp writes it. The numbers are the versions of the actions that its own clients write. */
export function patchOf(edit: AppStateEdit): WAPatchCreate {
  switch (edit.kind) {
    case "ARCHIVE": {
      const range = rangeOf(edit.chat, edit.last);
      const archiveChatAction = { archived: edit.isArchived, ...range };
      return set("regular_low", 3, ["archive", edit.chat], { archiveChatAction });
    }
    case "PIN":
      return set("regular_low", 5, ["pin_v1", edit.chat], {
        pinAction: { pinned: edit.isPinned },
      });
    case "MUTE": {
      const muteEndTimestamp = edit.until?.getTime() ?? FOR_EVER;
      const muteAction = { muted: true, muteEndTimestamp };
      return set("regular_high", 2, ["mute", edit.chat], { muteAction });
    }
    case "UNMUTE":
      return set("regular_high", 2, ["mute", edit.chat], { muteAction: { muted: false } });
    case "MARK_UNREAD": {
      const range = rangeOf(edit.chat, edit.last);
      const markChatAsReadAction = { read: !edit.isUnread, ...range };
      return set("regular_low", 3, ["markChatAsRead", edit.chat], { markChatAsReadAction });
    }
    case "EMPTY": {
      const range = rangeOf(edit.chat, edit.last);
      // The last part is whether the files go too: they are not the gateway's to keep on the phone.
      return edit.isDeleted
        ? set("regular_high", 6, ["deleteChat", edit.chat, "1"], { deleteChatAction: range })
        : set("regular_high", 6, ["clearChat", edit.chat, edit.keepsStarred ? "0" : "1", "0"], {
            clearChatAction: range,
          });
    }
    case "STAR": {
      const index = ["star", ...nameOf(edit.chat, edit.message)];
      return set("regular_low", 2, index, { starAction: { starred: edit.isStarred } });
    }
    case "LABEL": {
      const { id, name, color } = edit.label;
      const known = edit.predefinedId === null ? {} : { predefinedId: edit.predefinedId };
      const labelEditAction = { name, color, ...known, deleted: edit.isDeleted };
      return set("regular", 3, ["label_edit", id], { labelEditAction });
    }
    case "PUT_LABEL": {
      const { labelId, chat, message, isLabeled: labeled } = edit;
      const index = message
        ? ["label_message", labelId, ...nameOf(chat, message)]
        : ["label_jid", labelId, chat];
      return set("regular", 3, index, { labelAssociationAction: { labeled } });
    }
    case "OWN_NAME":
      return set("critical_block", 1, [OWN_NAME], { pushNameSetting: { name: edit.name } });
    case "REMOVE_MESSAGE": {
      const messageTimestamp = Math.floor(edit.message.timestamp.getTime() / 1000);
      // Files that the phone has saved are its owner's.
      const deleteMessageForMeAction = { deleteMedia: false, messageTimestamp };
      const index = ["deleteMessageForMe", ...nameOf(edit.chat, edit.message)];
      return set("regular_high", 3, index, { deleteMessageForMeAction });
    }
  }
}

/** How devices name a message to each other: a 0 stands for an author who goes without saying. */
function nameOf(chat: Jid, { id, fromMe, participant }: MessageKey): string[] {
  const author = isGroup(chat) && !fromMe ? participant : null;
  return [chat, id, fromMe ? "1" : "0", author ?? "0"];
}

function set(
  type: WAPatchCreate["type"],
  apiVersion: number,
  index: string[],
  action: proto.ISyncActionValue,
): WAPatchCreate {
  const syncAction = { ...action, timestamp: Date.now() };
  return { type, apiVersion, index, syncAction, operation: SyncdOperation.SET };
}

/** Which messages were there when it was done: phones take it back for a chat that has newer ones. */
function rangeOf(remoteJid: Jid, last: MessageKey | null): { messageRange?: MessageRange } {
  if (last === null) return {};
  const { id, fromMe, participant } = last;
  const timestamp = Math.floor(last.timestamp.getTime() / 1000);
  const isOthers = isGroup(remoteJid) && !fromMe && participant !== null;
  const key = { remoteJid, id, fromMe, ...(isOthers && { participant }) };
  return { messageRange: { lastMessageTimestamp: timestamp, messages: [{ key, timestamp }] } };
}

type MessageRange = proto.SyncActionValue.ISyncActionMessageRange;
