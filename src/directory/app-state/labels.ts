import type { AppStateChange } from "../../domain/app-state.ts";
import type { GatewayEvent } from "../../domain/event.ts";
import type { InstanceId, MessageId } from "../../domain/ids.ts";
import type { Tx } from "../../store/writer.ts";
import { addressOfRow, knownChat, namesOf } from "./known-chat.ts";
import { findShared } from "./messages.ts";

type Change<Kind extends AppStateChange["kind"]> = Extract<AppStateChange, { readonly kind: Kind }>;

export async function applyLabel(
  tx: Tx,
  instanceId: InstanceId,
  { label, predefinedId, isDeleted: deleted }: Change<"LABEL">,
): Promise<GatewayEvent | undefined> {
  const where = { instanceId_id: { instanceId, id: label.id } };
  const before = await tx.db.label.findUnique({ where });
  const { id, name, color } = label;
  const isSame = before?.name === name && before.color === color && before.deleted === deleted;
  if (isSame || (before === null && deleted)) return undefined;
  // Who deletes a label need not say what it was called.
  const said = deleted && name === "" ? {} : { name, color };
  const data = { name, color, predefinedId, deleted };
  await tx.db.label.upsert({
    where,
    create: { instanceId, id, ...data },
    update: { ...said, deleted, ...(predefinedId !== null && { predefinedId }) },
  });
  if (deleted) {
    await tx.db.chatLabel.deleteMany({ where: { instanceId, labelId: id } });
    await tx.db.messageLabel.deleteMany({ where: { instanceId, labelId: id } });
  }
  const known = "name" in said ? label : { ...label, name: before?.name ?? "" };
  return { type: "label.update", label: known, deleted };
}

export async function applyLabeled(
  tx: Tx,
  instanceId: InstanceId,
  change: Change<"LABELED">,
): Promise<GatewayEvent | undefined> {
  const { labelId, chat, message, isLabeled: assigned } = change;
  const row = await knownChat(tx, instanceId, chat);
  const address = row ? addressOfRow(row) : chat;
  if (message) {
    const messageId = await labelMessage(tx, instanceId, change);
    return messageId && { type: "label.assignment", labelId, chat: address, messageId, assigned };
  }
  const chatIds = namesOf(address);
  const before = await tx.db.chatLabel.count({
    where: { instanceId, labelId, chatId: { in: chatIds } },
  });
  if (before > 0 === assigned) return undefined;
  if (assigned) await tx.db.chatLabel.create({ data: { instanceId, labelId, chatId: address.id } });
  else
    await tx.db.chatLabel.deleteMany({ where: { instanceId, labelId, chatId: { in: chatIds } } });
  return { type: "label.assignment", labelId, chat: address, messageId: null, assigned };
}

/** @returns the message, if that is news of one that is here */
async function labelMessage(
  tx: Tx,
  instanceId: InstanceId,
  { labelId, message, isLabeled }: Change<"LABELED">,
): Promise<MessageId | undefined> {
  const row = message && (await findShared(tx, instanceId, message));
  if (!row) return undefined;
  const key = { messageUid: row.uid, labelId };
  const isThere = (await tx.db.messageLabel.count({ where: key })) > 0;
  if (isThere === isLabeled) return undefined;
  if (isLabeled) await tx.db.messageLabel.create({ data: { ...key, instanceId } });
  else await tx.db.messageLabel.deleteMany({ where: key });
  return row.id as MessageId;
}
