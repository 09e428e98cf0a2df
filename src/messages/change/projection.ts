import type { GatewayEvent } from "../../domain/event.ts";
import type { Projection } from "../../events/append.ts";
import type { Tx } from "../../store/writer.ts";
import { recordResponse } from "./responses.ts";
import { recordVote } from "./votes.ts";

/**
 * What was done to messages shows on them, written with the event that tells of it. A message that is not
 * here (it is older than the link, or was never received) is told of all the same.
 */
export const changeProjection: Projection = {
  async record(tx, outcomes) {
    for (const { kind, draft } of outcomes) {
      const { instanceId, target, event, occurredAt } = draft;
      if (kind !== "logged" || !target) continue;
      await apply(tx, { instanceId, identity: target }, event, occurredAt);
    }
  },
};

interface Target {
  readonly instanceId: string;
  readonly identity: string;
}

async function apply(tx: Tx, target: Target, event: GatewayEvent, at: Date): Promise<void> {
  const alive = { ...target, deletedAt: null };
  // Of a message with an attachment the text alone is sent anew.
  if (event.type === "message.edited") {
    const data = { text: event.message.text, editedAt: at };
    await tx.db.message.updateMany({ where: alive, data });
  }
  if (event.type === "message.deleted") {
    await tx.db.message.updateMany({ where: alive, data: { deletedAt: at } });
  }
  if (event.type === "message.pinned") {
    const { pinnedUntil } = event;
    await tx.db.message.updateMany({ where: alive, data: { pinnedUntil } });
  }
  if (event.type === "message.kept") {
    const data = { keptAt: event.isKept ? at : null };
    await tx.db.message.updateMany({ where: alive, data });
  }
  if (event.type === "message.reaction") await react(tx, target, event, at);
  if (event.type === "poll.vote") {
    const uid = await uidOf(tx, target);
    if (uid !== undefined) await recordVote(tx, uid, event, at);
  }
  if (event.type === "event.response") {
    const uid = await uidOf(tx, target);
    if (uid !== undefined) await recordResponse(tx, uid, event, at);
  }
}

async function uidOf(tx: Tx, target: Target): Promise<string | undefined> {
  const where = { instanceId_identity: target };
  return (await tx.db.message.findUnique({ where, select: { uid: true } }))?.uid;
}

async function react(
  tx: Tx,
  target: Target,
  { sender, fromMe, emoji }: Extract<GatewayEvent, { readonly type: "message.reaction" }>,
  at: Date,
): Promise<void> {
  const messageUid = await uidOf(tx, target);
  if (messageUid === undefined) return;
  const key = { messageUid, senderId: sender.id };
  if (emoji === null) {
    await tx.db.reaction.deleteMany({ where: key });
    return;
  }
  const said = { senderPn: sender.pn, senderLid: sender.lid, senderName: sender.name, emoji, at };
  await tx.db.reaction.upsert({
    where: { messageUid_senderId: key },
    create: { ...key, ...said, fromMe },
    update: said,
  });
}
