import type { HistoryNotice, HistoryPage, HistoryPhase } from "../../history.ts";
import type { AddressBook } from "../address-book.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { proto } from "../library.ts";
import type { MediaNetwork } from "../media/network.ts";
import type { Self } from "../translate/envelope.ts";
import { count } from "../translate/numbers.ts";
import { unpacked } from "./blob.ts";
import { fieldsOf } from "./fields.ts";
import { CONVERSATION, learnNames, PUSH_NAME } from "./names.ts";
import { chatOf, messageOf } from "./page.ts";

const { HistorySyncType } = proto.Message;

const PHASES: ReadonlyMap<proto.Message.HistorySyncType, HistoryPhase> = new Map([
  [HistorySyncType.INITIAL_BOOTSTRAP, "INITIAL"],
  [HistorySyncType.RECENT, "RECENT"],
  [HistorySyncType.FULL, "FULL"],
  [HistorySyncType.ON_DEMAND, "ON_DEMAND"],
  [HistorySyncType.PUSH_NAME, "NAMES"],
]);

/** What is stored in one transaction: others' writes pass between two. */
const PAGE = 250;

export interface HistoryNeeds {
  readonly network: MediaNetwork;
  readonly proxy: string | null;
  readonly book: AddressBook;
  readonly store: Pick<KeyStore, "set">;
  readonly self: () => Self | undefined;
}

/**
 * What our own phone says of a part of its history; nothing for any other message. Strangers forge this kind
 * (CVE-2026-48063), so that it counts from the account itself alone.
 * @param inbox the row that keeps it until it is read
 */
export function noticeIn(
  message: proto.IMessage,
  inbox: string,
  needs: HistoryNeeds,
): HistoryNotice | undefined {
  const notification = message.protocolMessage?.historySyncNotification;
  const phase = PHASES.get(notification?.syncType ?? HistorySyncType.NO_HISTORY);
  if (!notification || !phase) return undefined;
  const { progress } = notification;
  return {
    inbox,
    phase,
    percent: count(progress),
    pages: (signal) => pagesOf(notification, needs, signal),
  };
}

/** Read twice: the first time proves it and tells who is who, which stands at its end. */
async function* pagesOf(
  notification: proto.Message.IHistorySyncNotification,
  { network, proxy, book, store, self }: HistoryNeeds,
  signal: AbortSignal,
): AsyncGenerator<HistoryPage, void, undefined> {
  const me = self();
  if (me === undefined) return;
  const fields = () => fieldsOf(unpacked(notification, network, proxy, signal));
  await learnNames(fields(), store);
  let names: HistoryPage["people"][number][] = [];
  for await (const { number, bytes } of fields()) {
    if (number === CONVERSATION) {
      yield* conversationPages(proto.Conversation.decode(bytes), me, book);
    }
    if (number !== PUSH_NAME) continue;
    const { id, pushname } = proto.Pushname.decode(bytes);
    if (id && pushname) names.push({ ...(await book.complete([id])), name: pushname });
    if (names.length < PAGE) continue;
    yield { chats: [], people: names, messages: [] };
    names = [];
  }
  if (names.length > 0) yield { chats: [], people: names, messages: [] };
}

async function* conversationPages(
  conversation: proto.IConversation,
  me: Self,
  book: AddressBook,
): AsyncGenerator<HistoryPage, void, undefined> {
  const chat = await chatOf(conversation, book);
  if (!chat) return;
  const { messages = [] } = conversation;
  let chats = [chat];
  for (let at = 0; at === 0 || at < (messages?.length ?? 0); at += PAGE) {
    const some = (messages ?? []).slice(at, at + PAGE);
    const read = await Promise.all(some.map((each) => messageOf(each, conversation, me, book)));
    const found = read.filter((each) => each !== undefined);
    const people = found.flatMap(({ sender, fromMe }) => (fromMe ? [] : [sender]));
    yield { chats, people, messages: found };
    chats = [];
  }
}
