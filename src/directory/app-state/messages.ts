import type { AppStateChange, SharedMessage } from "../../domain/app-state.ts";
import type { GatewayEvent } from "../../domain/event.ts";
import type { InstanceId, Jid, MessageId } from "../../domain/ids.ts";
import type { Tx } from "../../store/writer.ts";
import { namesOf } from "./known-chat.ts";

type Change<Kind extends AppStateChange["kind"]> = Extract<AppStateChange, { readonly kind: Kind }>;

/** Of a message that is not here (it is older than the link) nothing is kept. */
export async function applyStar(
  tx: Tx,
  instanceId: InstanceId,
  { message, isStarred: starred, at }: Change<"STARRED">,
): Promise<GatewayEvent | undefined> {
  const row = await findShared(tx, instanceId, message);
  if (row === null || (row.starredAt !== null) === starred) return undefined;
  await tx.db.message.update({
    where: { uid: row.uid },
    data: { starredAt: starred ? at : null },
  });
  return { type: "message.starred", messageId: row.id as MessageId, chat: chatOf(row), starred };
}

export async function applyRemoval(
  tx: Tx,
  instanceId: InstanceId,
  { message }: Change<"MESSAGE_REMOVED">,
): Promise<GatewayEvent | undefined> {
  const row = await findShared(tx, instanceId, message);
  if (row === null) return undefined;
  await tx.db.message.delete({ where: { uid: row.uid } });
  const { pn, lid, profileName: name } = row.instance;
  const id = (lid ?? pn ?? instanceId) as Jid;
  const deletedBy = { id, pn: pn as Jid | null, lid: lid as Jid | null, name };
  const messageId = row.id as MessageId;
  const done = { messageId, chat: chatOf(row), deletedBy, fromMe: true, onlyForMe: true } as const;
  return { type: "message.deleted", ...done };
}

/** What is still on its way out no other device knows. */
export async function findShared(
  tx: Tx,
  instanceId: InstanceId,
  { id, chat, fromMe, author }: SharedMessage,
) {
  const sender = author && !fromMe ? { senderId: { in: namesOf(author) } } : {};
  return tx.db.message.findFirst({
    where: {
      instanceId,
      id,
      fromMe,
      change: null,
      chatId: { in: namesOf(chat) },
      ...sender,
      OR: [{ status: null }, { status: { notIn: ["QUEUED", "SENDING"] } }],
    },
    select: {
      uid: true,
      id: true,
      chatId: true,
      chatPn: true,
      chatLid: true,
      starredAt: true,
      instance: { select: { pn: true, lid: true, profileName: true } },
    },
  });
}

type Row = NonNullable<Awaited<ReturnType<typeof findShared>>>;

function chatOf({ chatId, chatPn, chatLid }: Pick<Row, "chatId" | "chatPn" | "chatLid">) {
  return { id: chatId as Jid, pn: chatPn as Jid | null, lid: chatLid as Jid | null };
}
