import { isGroup } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../../domain/ids.ts";
import type { OutgoingContext, Quoted } from "../../domain/outgoing.ts";
import type { Reader } from "../../store/database.ts";
import type { SendRequest } from "../messages.ts";
import { checkMentions } from "./text.ts";

/** What a caller wants beside what is said. */
export type ContextWish = Pick<
  SendRequest,
  "quotedId" | "mentions" | "mentionAll" | "disappearsAfter"
>;

/** As WhatsApp's phones offer it: a day, a week, 90 days. In seconds. */
const DISAPPEARING: ReadonlySet<number> = new Set([86_400, 604_800, 7_776_000]);

/** A larger message is quoted by its text: pictures inside it would be sent once more with each answer. */
const MAX_QUOTED_BYTES = 16 * 1_024;

/** @throws GatewayError BAD_INPUT, MESSAGE_NOT_FOUND */
export async function checkContext(
  read: Reader,
  instanceId: InstanceId,
  to: Jid,
  { quotedId, mentions, mentionAll, disappearsAfter }: ContextWish,
): Promise<OutgoingContext> {
  if (mentionAll && !isGroup(to)) {
    throw new GatewayError("BAD_INPUT", "Only in a group everybody can be named.");
  }
  return {
    quoted: quotedId ? await findQuoted(read, instanceId, to, quotedId) : null,
    mentions: checkMentions(mentions ?? []),
    mentionsAll: mentionAll ?? false,
    disappearsAfter: checkDisappearing(disappearsAfter),
  };
}

/** @throws GatewayError BAD_INPUT */
export function checkDisappearing(seconds: number | null | undefined): number | null {
  if (!seconds || DISAPPEARING.has(seconds)) return seconds || null;
  const offered = [...DISAPPEARING].join(", ");
  throw new GatewayError("BAD_INPUT", `disappearsAfter is one of ${offered} seconds.`);
}

/** The message of that id in the chat, or else in another one. */
async function findQuoted(
  read: Reader,
  instanceId: InstanceId,
  to: Jid,
  id: string,
): Promise<Quoted> {
  const rows = await read.message.findMany({
    where: { instanceId, id, change: null },
    orderBy: { uid: "desc" },
    take: MOST_OF_ONE_ID,
    select: {
      id: true,
      chatId: true,
      chatPn: true,
      senderId: true,
      senderPn: true,
      fromMe: true,
      text: true,
      raw: true,
    },
  });
  const isHere = ({ chatId, chatPn }: { chatId: string; chatPn: string | null }) =>
    chatId === to || chatPn === to;
  const row = rows.find(isHere) ?? rows[0];
  if (!row) {
    throw new GatewayError(
      "MESSAGE_NOT_FOUND",
      `There is no message "${id}" to quote in this instance.`,
      { messageId: id },
    );
  }
  const { fromMe, text, raw } = row;
  return {
    id: row.id as MessageId,
    sender: (row.senderPn ?? row.senderId) as Jid,
    fromMe,
    text,
    chat: isHere(row) ? null : ((row.chatPn ?? row.chatId) as Jid),
    raw: raw && raw.length <= MAX_QUOTED_BYTES ? Buffer.from(raw).toString("base64") : null,
  };
}

/** Senders choose ids: nobody fills the memory with one. */
const MOST_OF_ONE_ID = 20;
