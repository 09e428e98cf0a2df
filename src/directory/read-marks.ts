import { type Address, isGroup } from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { ReadMark } from "../domain/read-mark.ts";
import type { Database, Reader } from "../store/database.ts";
import type { Reached } from "./people-connection.ts";

/** Messages in one call; as many go into one receipt. */
const MOST_IDS = 256;

/** How many of a chat's newest messages are read when none are named: phones take what is above them as read. */
const NEWEST = 100;

/** What is to be heard or watched, and tells its sender that it was. */
const PLAYABLE: ReadonlySet<string> = new Set(["AUDIO", "VIDEO"]);

export interface MarkedMessages {
  readonly chat: Address;
  /** None when there was nothing to mark. */
  readonly messageIds: readonly MessageId[];
}

interface Received {
  readonly id: string;
  readonly kind: string;
  readonly chatId: string;
  readonly senderId: string;
}

/**
 * Confirms messages that were received in a chat. Only those that are stored there are confirmed: their senders
 * chose the ids, so that an id alone would let a caller, or a stranger, confirm what is somebody else's.
 * @throws GatewayError MESSAGE_NOT_FOUND, BAD_INPUT, and as `PeopleCalls` says
 */
export async function markMessages(
  { read }: Pick<Database, "read">,
  { mark: send }: Pick<Reached, "mark">,
  wanted: {
    readonly instanceId: InstanceId;
    readonly chat: Address;
    /** The newest where none are named. */
    readonly ids: readonly string[] | null;
    readonly mark: ReadMark;
  },
): Promise<MarkedMessages> {
  const { chat, mark } = wanted;
  const messages = wanted.ids
    ? await named(read, wanted.instanceId, chat, [...new Set(wanted.ids)])
    : await newest(read, wanted.instanceId, chat);
  if (mark === "PLAYED") expectPlayable(messages);
  for (const { chatId, senderId, ids } of bySender(messages)) {
    await send({
      chat: chatId as Jid,
      sender: isGroup(chatId) ? (senderId as Jid) : null,
      ids,
      mark,
    });
  }
  return { chat, messageIds: messages.map(({ id }) => id as MessageId) };
}

const COLUMNS = { id: true, kind: true, chatId: true, senderId: true } as const;

/** Under either name: a chat is stored by its number until its LID is learned. */
const receivedIn = (instanceId: InstanceId, { id, pn }: Address) => ({
  instanceId,
  change: null,
  fromMe: false,
  OR: [{ chatId: id }, ...(pn ? [{ chatId: pn }, { chatPn: pn }] : [])],
});

async function named(
  read: Reader,
  instanceId: InstanceId,
  chat: Address,
  ids: readonly string[],
): Promise<readonly Received[]> {
  if (ids.length === 0 || ids.length > MOST_IDS) {
    const message = `Name from 1 to ${MOST_IDS} messages in one call.`;
    throw new GatewayError("BAD_INPUT", message, { argument: "messageIds" });
  }
  const where = { ...receivedIn(instanceId, chat), id: { in: [...ids] } };
  const rows = await read.message.findMany({ where, select: COLUMNS });
  const found = new Set(rows.map(({ id }) => id));
  const missing = ids.find((id) => !found.has(id));
  if (missing === undefined) return rows;
  throw new GatewayError(
    "MESSAGE_NOT_FOUND",
    `No message "${missing.slice(0, 80)}" was received in this chat. Nothing was marked.`,
    { messageId: missing },
  );
}

function newest(read: Reader, instanceId: InstanceId, chat: Address): Promise<readonly Received[]> {
  return read.message.findMany({
    where: receivedIn(instanceId, chat),
    select: COLUMNS,
    orderBy: [{ timestamp: "desc" }, { uid: "desc" }],
    take: NEWEST,
  });
}

function expectPlayable(messages: readonly Received[]): void {
  const other = messages.find(({ kind }) => !PLAYABLE.has(kind));
  if (other === undefined) return;
  const message = `The message "${other.id}" is nothing that is played. Mark it as read instead.`;
  throw new GatewayError("BAD_INPUT", message, { messageId: other.id });
}

interface OfSender {
  readonly chatId: string;
  readonly senderId: string;
  readonly ids: MessageId[];
}

/** A receipt goes to one sender, under the name by which the chat was known when they wrote. */
function bySender(messages: readonly Received[]): Iterable<OfSender> {
  const all = new Map<string, OfSender>();
  for (const { id, chatId, senderId } of messages) {
    const key = `${chatId} ${senderId}`;
    const one = all.get(key) ?? { chatId, senderId, ids: [] };
    one.ids.push(id as MessageId);
    all.set(key, one);
  }
  return all.values();
}
