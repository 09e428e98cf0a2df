import { proto } from "@whiskeysockets/baileys";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { AccountState } from "../accounts/account-state.ts";
import { sealMedia } from "../media/media-crypto.ts";
import { mediaPath } from "../media/media-server.ts";
import type { MediaStore } from "../media/media-store.ts";
import { accountJid, type Addressing, isGroupJid } from "../protocol/jid.ts";
import type { PastChat, PastMessage } from "./past.ts";

const { Status } = proto.WebMessageInfo;

type Notification = proto.Message.IHistorySyncNotification;

/** A part of a phone's history, before it is packed. */
export interface Part {
  readonly type: proto.HistorySync.HistorySyncType;
  readonly chats: readonly PastChat[];
  readonly names?: ReadonlyMap<string, string>;
  readonly progress?: number;
  readonly chunkOrder?: number;
}

/** Packs and seals a part, and uploads it as WhatsApp's phones do; what comes back tells a device where it is. */
export async function uploadPart(
  account: AccountState,
  { type, chats, names, progress, chunkOrder }: Part,
  store: MediaStore,
): Promise<Notification> {
  const people = new Set(chats.flatMap((chat) => peopleIn(chat)));
  const history = proto.HistorySync.encode({
    syncType: type,
    conversations: chats.map((chat) => conversation(account, chat)),
    pushnames: [...(names ?? [])].map(([phone, pushname]) => {
      return { id: accountJid(phone, account.addressing), pushname };
    }),
    phoneNumberToLidMappings: [...people].map((phone) => ({
      pnJid: accountJid(phone, "pn"),
      lidJid: accountJid(phone, "lid"),
    })),
    ...(progress !== undefined && { progress }),
    ...(chunkOrder !== undefined && { chunkOrder }),
  }).finish();
  const packed = await promisify(deflate)(history);
  const { mediaKey, sealed, fileSha256, fileEncSha256 } = await sealMedia(packed, "md-msg-hist");
  const directPath = mediaPath("md-msg-hist", fileEncSha256);
  store.put(directPath, sealed);
  return {
    syncType: type as number as proto.Message.HistorySyncType,
    mediaKey,
    fileSha256,
    fileEncSha256,
    fileLength: packed.length,
    directPath,
    ...(progress !== undefined && { progress }),
    ...(chunkOrder !== undefined && { chunkOrder }),
  };
}

function conversation(account: AccountState, chat: PastChat): proto.IConversation {
  const { addressing } = account;
  const isGroup = isGroupJid(chat.with);
  const id = isGroup ? chat.with : accountJid(chat.with, addressing);
  const names = isGroup
    ? { name: chat.subject ?? "" }
    : { pnJid: accountJid(chat.with, "pn"), lidJid: accountJid(chat.with, "lid") };
  const newest = chat.messages[0]?.at;
  return {
    id,
    ...names,
    ...(newest !== undefined && { conversationTimestamp: newest }),
    unreadCount: chat.unreadCount ?? 0,
    messages: chat.messages.map((message) => ({
      message: messageInfo(account, id, isGroup ? addressing : undefined, message),
    })),
  };
}

/** @param inGroup how people are named there */
function messageInfo(
  account: AccountState,
  remoteJid: string,
  inGroup: Addressing | undefined,
  { id, from, text, at }: PastMessage,
): proto.IWebMessageInfo {
  const fromMe = from === account.phone;
  return {
    key: { remoteJid, fromMe, id },
    message: { conversation: text },
    messageTimestamp: at,
    ...(inGroup && !fromMe && { participant: accountJid(from, inGroup) }),
    ...(fromMe
      ? { status: Status.READ }
      : { pushName: account.past.names.get(from) ?? null, status: Status.DELIVERY_ACK }),
  };
}

function peopleIn({ with: other, messages }: PastChat): readonly string[] {
  return isGroupJid(other) ? messages.map(({ from }) => from) : [other];
}
