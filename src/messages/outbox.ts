import type { Address } from "../domain/address.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import { identityOf } from "../domain/message.ts";
import type { Connection } from "../instances/instances.ts";
import type { Database } from "../store/database.ts";
import { decodeAudience } from "./status/audience.ts";
import { tooOld } from "./expiry.ts";
import type { SendIntent } from "./intent.ts";
import { decodeIntent, encodeIntent } from "./intent.ts";

/** A message that waits to be sent, or was being sent when its connection was lost. */
export interface OutboxItem {
  readonly uid: string;
  readonly id: MessageId;
  readonly chat: Jid;
  /** The address to send to: by phone number where it is known. */
  readonly to: Jid;
  readonly intent: SendIntent | null;
  /** Its encoded form, if it was built before: the same bytes go out again. */
  readonly raw: Uint8Array | null;
  /** Of a status, or what is done to one: who is shown it. */
  readonly audience: readonly Jid[] | null;
}

/** The rows of messages on their way out. */
export interface Outbox {
  /** The oldest that are due, in order, without those under way and those of paused chats. */
  next(instanceId: InstanceId, query: OutboxQuery): Promise<readonly OutboxItem[]>;
  /**
   * Durable before a byte leaves: after a crash the same message is sent again under the same id.
   * @returns whether it may still be sent: it may have been cancelled, or the instance taken over, meanwhile
   */
  markSending(item: OutboxItem, epoch: number, built: PreparedMessage): Promise<boolean>;
  /** All that the server does not have yet. */
  unsent(instanceId: InstanceId): Promise<readonly Pick<OutboxItem, "uid" | "id">[]>;
  /** WhatsApp has told who a number belongs to. An owner that is none any more changes nothing. */
  readdress(item: OutboxItem, address: Address, epoch: number): Promise<void>;
  /** Which of these messages still wait to be sent. */
  stillWaiting(uids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The encoded form of a message of ours, for a receiver that asks again. */
  sentMessage(instanceId: InstanceId, id: MessageId): Promise<Uint8Array | undefined>;
  /** The encoded form of any message. What was appended before the question is there. */
  storedMessage(
    instanceId: InstanceId,
    name: Parameters<typeof identityOf>[0],
  ): Promise<Uint8Array | undefined>;
}

export interface OutboxQuery {
  readonly limit: number;
  readonly besides: readonly string[];
  readonly besidesChats: readonly Jid[];
}

type PreparedMessage = Awaited<ReturnType<Connection["prepare"]>>;

interface Sending extends PreparedMessage {
  readonly uid: string;
  readonly epoch: number;
}

export function createOutbox({ read, writer }: Database): Outbox {
  const markSending = writer.batch(async (tx, items: readonly Sending[]) => {
    const rows = JSON.stringify(
      items.map(({ uid, bytes, media, epoch }) => [
        uid,
        Buffer.from(bytes).toString("hex"),
        media && JSON.stringify(media),
        epoch,
      ]),
    );
    const marked = await tx.db.$queryRaw<{ uid: string }[]>`
      UPDATE "Message" SET status = 'SENDING', raw = unhex(v.value->>1), media = v.value->>2
      FROM json_each(${rows}) AS v
      -- The plus keeps SQLite from the index on status, which would lead through every waiting message of all accounts.
      WHERE "Message".uid = v.value->>0 AND +"Message".status = 'QUEUED'
        AND EXISTS (
          SELECT 1 FROM "Instance" AS i
          WHERE i.id = "Message"."instanceId" AND i.epoch = v.value->>3)
      RETURNING "Message".uid`;
    const uids = new Set(marked.map(({ uid }) => uid));
    return items.map(({ uid }) => uids.has(uid));
  });
  return {
    async next(instanceId, { limit, besides, besidesChats }) {
      const rows = await read.message.findMany({
        where: {
          instanceId,
          status: { in: ["QUEUED", "SENDING"] },
          uid: { notIn: [...besides] },
          chatId: { notIn: [...besidesChats] },
          OR: [{ scheduledAt: null }, { scheduledAt: { lte: new Date() } }],
          // After a long stop its connection may be open before what is too old was looked for.
          NOT: tooOld(),
        },
        orderBy: { uid: "asc" },
        take: limit,
        select: {
          uid: true,
          id: true,
          chatId: true,
          chatPn: true,
          intent: true,
          raw: true,
          audience: true,
        },
      });
      return rows.map((row) => ({
        uid: row.uid,
        id: row.id as MessageId,
        chat: row.chatId as Jid,
        to: (row.chatPn ?? row.chatId) as Jid,
        intent: row.intent === null ? null : decodeIntent(row.intent),
        raw: row.raw,
        audience: decodeAudience(row.audience),
      }));
    },
    markSending: ({ uid }, epoch, built) => markSending({ uid, epoch, ...built }),
    async readdress({ uid, id, intent }, address, epoch) {
      const identity = identityOf({ chat: address, sender: address, fromMe: true, id });
      const data = {
        identity,
        chatId: address.id,
        chatPn: address.pn,
        chatLid: address.lid,
        intent: intent && encodeIntent({ ...intent, unresolved: false }),
      };
      await writer.write((tx) =>
        tx.db.message.updateMany({ where: { uid, instance: { epoch } }, data }),
      );
    },
    async unsent(instanceId) {
      const rows = await read.message.findMany({
        where: { instanceId, status: { in: ["QUEUED", "SENDING"] } },
        select: { uid: true, id: true },
        orderBy: { uid: "asc" },
      });
      return rows.map(({ uid, id }) => ({ uid, id: id as MessageId }));
    },
    async stillWaiting(uids) {
      const rows = await read.message.findMany({
        where: { uid: { in: [...uids] }, status: { in: ["QUEUED", "SENDING"] } },
        select: { uid: true },
      });
      return new Set(rows.map(({ uid }) => uid));
    },
    async sentMessage(instanceId, id) {
      const row = await read.message.findFirst({
        where: { instanceId, id, fromMe: true },
        select: { raw: true },
      });
      return row?.raw ?? undefined;
    },
    async storedMessage(instanceId, name) {
      // Asked of the writer, so that a message in the group before this one is seen.
      const row = await writer.write((tx) =>
        tx.db.message.findUnique({
          where: { instanceId_identity: { instanceId, identity: identityOf(name) } },
          select: { raw: true },
        }),
      );
      return row?.raw ?? undefined;
    },
  };
}
