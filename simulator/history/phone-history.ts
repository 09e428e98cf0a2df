import { encodeWAMessage, proto } from "@whiskeysockets/baileys";
import { makeMessageId } from "../accounts/account.ts";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { MediaStore } from "../media/media-store.ts";
import { encNode } from "../messages/envelope.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import { type Part, uploadPart } from "./history-sync.ts";
import type { PastChat } from "./past.ts";

const { HistorySyncType } = proto.HistorySync;

/** Messages of each chat in the first part, and in those that follow. */
const NEWEST = 10;
const RECENT = 90;

/** Chats in one part. */
const CHATS_AT_ONCE = 200;

/** What a phone tells its linked devices of its past. */
export class PhoneHistory {
  readonly #media: MediaStore;

  constructor(media: MediaStore) {
    this.#media = media;
  }

  /** All that a newly linked device is told by itself. Nothing by a phone that has no past. */
  async handOver(account: AccountState, companion: Companion): Promise<void> {
    const { chats, names } = account.past;
    if (chats.length === 0) return;
    const newest = chats.map((chat) => cut(chat, 0, NEWEST));
    const { INITIAL_BOOTSTRAP, PUSH_NAME } = HistorySyncType;
    await this.#send(account, companion, { type: INITIAL_BOOTSTRAP, chats: newest, chunkOrder: 1 });
    await this.#send(account, companion, { type: PUSH_NAME, chats: [], names });
    const older = chats.flatMap((chat) => {
      const rest = cut(chat, NEWEST, NEWEST + RECENT);
      return rest.messages.length > 0 ? [rest] : [];
    });
    for (let at = 0; at === 0 || at < older.length; at += CHATS_AT_ONCE) {
      const end = Math.min(at + CHATS_AT_ONCE, older.length);
      const progress = older.length === 0 ? 100 : Math.floor((100 * end) / older.length);
      await this.#send(account, companion, {
        type: HistorySyncType.RECENT,
        chats: older.slice(at, end),
        progress,
        chunkOrder: 2 + at / CHATS_AT_ONCE,
      });
    }
  }

  async #send(account: AccountState, companion: Companion, part: Part): Promise<void> {
    const historySyncNotification = await uploadPart(account, part, this.#media);
    const type = proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION;
    const bytes = encodeWAMessage({ protocolMessage: { type, historySyncNotification } });
    const { handset } = account;
    await handset.exclusive(async () => {
      const peer = companion.jid("lid");
      if (!(await handset.signal.hasSession(peer))) {
        await handset.signal.openSession(peer, companion.takeBundle());
      }
      companion.deliver({
        tag: "message",
        attrs: {
          from: account.jid("pn"),
          id: makeMessageId(),
          type: "text",
          category: "peer",
          t: String(unixSeconds()),
        },
        content: [encNode(await handset.signal.encrypt(peer, bytes))],
      });
    });
  }
}

function cut(chat: PastChat, from: number, to: number): PastChat {
  return { ...chat, messages: chat.messages.slice(from, to) };
}
