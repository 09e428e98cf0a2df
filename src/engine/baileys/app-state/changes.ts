import type { Address } from "../../../domain/address.ts";
import type { AppStateChange, SharedMessage } from "../../../domain/app-state.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { AddressBook } from "../address-book.ts";
import type { proto } from "../library.ts";
import { instant, whole } from "../translate/numbers.ts";

/** What a device has written: WhatsApp's name of the thing, and what was done to it. */
export interface Mutation {
  readonly index: readonly string[];
  readonly action: proto.ISyncActionValue;
}

/** A mutation in our words; nothing for what nobody asks about. */
export async function changeOf(
  { index, action }: Mutation,
  book: AddressBook,
): Promise<AppStateChange | undefined> {
  const [kind = "", name = ""] = index;
  const at = momentOf(action.timestamp) ?? new Date();
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

async function messageIn(
  [, , id = "", fromMe, author = ""]: readonly string[],
  chat: Address,
  book: AddressBook,
): Promise<SharedMessage> {
  const isNamed = author.includes("@");
  return {
    id: id as MessageId,
    chat,
    fromMe: fromMe === "1",
    author: isNamed ? await book.complete([author]) : null,
  };
}

function isOn(flag: boolean | null | undefined): boolean {
  return flag === true;
}

/** The last millisecond that JavaScript can tell. */
const LAST_MS = 8_640_000_000_000_000;

/** Here WhatsApp counts milliseconds; nothing for none and for what is no time, such as -1 for ever. */
function momentOf(milliseconds: Parameters<typeof whole>[0]): Date | null {
  const time = whole(milliseconds);
  return time !== null && time > 0 && time <= LAST_MS ? new Date(time) : null;
}
