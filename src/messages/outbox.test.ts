import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { Address } from "../domain/address.ts";
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
  audience: null,
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

test("an owner that is none any more gives no message another address", async () => {
  await using database = await tempDatabase();
  await queued(database, 1);
  const outbox = createOutbox(database);
  const address = { id: "9@lid", pn: "5511@s.whatsapp.net", lid: "9@lid" } as Address;
  const chatOf = async () => (await database.read.message.findFirst())?.chatId;
  await outbox.readdress(item(0), address, EPOCH - 1);
  expect(await chatOf()).toBe("1@lid");
  await outbox.readdress(item(0), address, EPOCH);
  expect(await chatOf()).toBe("9@lid");
});
