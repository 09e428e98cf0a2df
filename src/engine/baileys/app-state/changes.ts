import type { AppStateChange } from "../../../domain/app-state.ts";
import type { AddressBook } from "../address-book.ts";
import { isOn, messageIn, type Mutation } from "./names.ts";
import { labelChangeOf } from "./label-changes.ts";
import { instant, whole } from "../translate/numbers.ts";

/** A mutation in our words; nothing for what nobody asks about. */
export async function changeOf(
  { index, action }: Mutation,
  book: AddressBook,
): Promise<AppStateChange | undefined> {
  const [kind = "", name = ""] = index;
  const at = momentOf(action.timestamp) ?? new Date();
  if (kind.startsWith("label_")) return labelChangeOf({ index, action }, at, book);
  if (!name.includes("@")) return undefined;
  const chat = await book.complete([name]);
  switch (kind) {
    case "archive":
      return {
        kind: "CHAT",
        at,
        chat,
        settings: { isArchived: isOn(action.archiveChatAction?.archived) },
      };
    case "pin_v1": {
      const pinnedAt = isOn(action.pinAction?.pinned) ? at : null;
      return { kind: "CHAT", at, chat, settings: { pinnedAt } };
    }
    case "mute": {
      const isMuted = isOn(action.muteAction?.muted);
      const mutedUntil = isMuted ? momentOf(action.muteAction?.muteEndTimestamp) : null;
      return { kind: "CHAT", at, chat, settings: { isMuted, mutedUntil } };
    }
    case "markChatAsRead": {
      const isMarkedUnread = !isOn(action.markChatAsReadAction?.read);
      return { kind: "CHAT", at, chat, settings: { isMarkedUnread } };
    }
    case "clearChat":
    case "deleteChat": {
      const { messageRange } = action.clearChatAction ?? action.deleteChatAction ?? {};
      const upTo = instant(messageRange?.lastMessageTimestamp) ?? at;
      const isDeleted = kind === "deleteChat";
      const keepsStarred = !isDeleted && index[2] === "0";
      return { kind: "CHAT_EMPTIED", at, chat, upTo, isDeleted, keepsStarred };
    }
    case "star": {
      const isStarred = isOn(action.starAction?.starred);
      return { kind: "STARRED", at, message: await messageIn(index, chat, book), isStarred };
    }
    case "deleteMessageForMe":
      return { kind: "MESSAGE_REMOVED", at, message: await messageIn(index, chat, book) };
    default:
      return undefined;
  }
}

/** The last millisecond that JavaScript can tell. */
const LAST_MS = 8_640_000_000_000_000;

/** Here WhatsApp counts milliseconds; nothing for none and for what is no time, such as -1 for ever. */
function momentOf(milliseconds: Parameters<typeof whole>[0]): Date | null {
  const time = whole(milliseconds);
  return time !== null && time > 0 && time <= LAST_MS ? new Date(time) : null;
}
