import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import { createOutbox } from "./outbox.ts";

const EPOCH = 7;

async function queued(database: Awaited<ReturnType<typeof tempDatabase>>, count: number) {
  const at = new Date();
  await database.writer.write(async ({ db }) => {
    await db.instance.create({ data: { id: "one", status: "OPEN", epoch: EPOCH, createdAt: at } });
    await db.message.createMany({
      data: Array.from({ length: count }, (_, n) => ({
        uid: `uid-${String(n).padStart(6, "0")}`,
        instanceId: "one",
        identity: `chat|me|${n}`,
        id: `ID${n}`,
        chatId: "1@lid",
        senderId: "2@lid",
        fromMe: true,
        kind: "TEXT",
        timestamp: at,
        status: "QUEUED",
        createdAt: at,
      })),
    });
  });
}

const item = (n: number) => ({
  uid: `uid-${String(n).padStart(6, "0")}`,
  id: `ID${n}` as MessageId,
  chat: "1@lid" as Jid,
  to: "1@lid" as Jid,
  intent: null,
  raw: null,
});
const built = { bytes: new Uint8Array([1]), media: null };

test("only what still waits, under the ownership that holds, is marked as being sent", async () => {
  await using database = await tempDatabase();
  await queued(database, 3);
  const outbox = createOutbox(database);
  expect(await outbox.markSending(item(0), EPOCH, built)).toBe(true);
  expect(await outbox.markSending(item(0), EPOCH, built)).toBe(false);
  expect(await outbox.markSending(item(1), EPOCH - 1, built)).toBe(false);
  const waiting = await outbox.unsent("one" as InstanceId);
  expect(waiting.map(({ id }) => id)).toEqual(["ID0", "ID1", "ID2"]);
});
