import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { cancelMessage, sendText } from "./support/sends.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const send = (text: string, more?: Readonly<Record<string, unknown>>) =>
  sendText(gateway, ALICE, text, more);

const statusesOf = async (id: string) =>
  (await gateway.events("me", "message.status"))
    .filter(({ data }) => data["messageId"] === id)
    .map(({ data }) => data["status"]);

const has = (id: string) => alice.received.some((message) => message.id === id);

/** The gateway's database between two runs. */
async function whileStopped(work: (database: DatabaseSync) => void): Promise<void> {
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    work(database);
  }
  await gateway.start();
}

const setRunning = (mutation: "stopInstance" | "startInstance") =>
  gateway.graphql(`mutation { ${mutation}(id: "me") { ... on Instance { id } } }`);

test("a message that is taken back while it waits is told as such and never sent", async () => {
  await setRunning("stopInstance");
  const { id } = await send("regretted");
  expect(await cancelMessage(gateway, id)).toMatchObject({ status: "CANCELLED" });
  expect(await cancelMessage(gateway, id)).toMatchObject({ status: "CANCELLED" });
  expect(await cancelMessage(gateway, "3EB0")).toMatchObject({ code: "MESSAGE_NOT_FOUND" });
  await setRunning("startInstance");
  const after = await send("not regretted", { waitFor: "SERVER_ACK" });
  expect(await cancelMessage(gateway, after.id)).toMatchObject({ code: "TOO_LATE" });
  await alice.waitFor((message) => message.id === after.id);
  expect(has(id)).toBe(false);
  expect(await statusesOf(id)).toEqual(["CANCELLED"]);
});

test("who cancels while it is being sent is told the truth: taken back, or on the phone", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const { id } = await send(`race ${n}`);
      return { id, answer: await cancelMessage(gateway, id) };
    }),
  );
  const last = await send("the end of the race");
  await alice.waitFor((message) => message.id === last.id);
  const counts = { CANCELLED: 0, TOO_LATE: 0 };
  for (const { id, answer } of outcomes) {
    const outcome = answer.status === "CANCELLED" ? "CANCELLED" : "TOO_LATE";
    if (outcome === "TOO_LATE") expect(answer.code).toBe("TOO_LATE");
    expect(has(id)).toBe(outcome === "TOO_LATE");
    counts[outcome] += 1;
  }
  // Both happen, or there was no race.
  expect(Math.min(counts.CANCELLED, counts.TOO_LATE)).toBeGreaterThan(0);
});

test("a scheduled message is sent at its time and not before, also over a restart", async () => {
  const scheduledAt = new Date(Date.now() + 1_500);
  const { id, status } = await send("later", { scheduledAt: scheduledAt.toISOString() });
  expect(status).toBe("QUEUED");
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  const now = await send("at once", { waitFor: "SERVER_ACK" });
  expect(has(id)).toBe(false);
  await alice.waitFor((message) => message.id === id);
  expect(Date.now()).toBeGreaterThanOrEqual(scheduledAt.getTime());
  expect(Date.now() - scheduledAt.getTime()).toBeLessThan(1_000);
  expect(has(now.id)).toBe(true);
});

test("what could not be sent for a day expires, once, and is not sent any more", async () => {
  await setRunning("stopInstance");
  const { id } = await send("too late");
  const scheduled = await send("scheduled", {
    scheduledAt: new Date(Date.now() + 60_000).toISOString(),
  });
  await whileStopped((database) => {
    database.prepare(`UPDATE "Message" SET "expiresAt" = 1 WHERE status = 'QUEUED'`).run();
  });
  await gateway.event("me", "message.status", ({ data }) => data["messageId"] === id);
  await setRunning("startInstance");
  const after = await send("in time", { waitFor: "SERVER_ACK" });
  expect(after.status).toMatch(/SERVER_ACK|DELIVERED/);
  expect(has(id)).toBe(false);
  expect(await statusesOf(id)).toEqual(["EXPIRED"]);
  // Its time has not come, so it cannot be too old.
  expect(await cancelMessage(gateway, scheduled.id)).toMatchObject({ status: "CANCELLED" });
});

test("what may have left, and was not confirmed in a day, has failed and is not sent again", async () => {
  await setRunning("stopInstance");
  const { id } = await send("perhaps");
  await whileStopped((database) => {
    database
      .prepare(`UPDATE "Message" SET status = 'SENDING', "expiresAt" = 1 WHERE id = ?`)
      .run(id);
  });
  const failed = await gateway.event("me", "message.failed", ({ data }) => data.message?.id === id);
  expect(failed.data).toMatchObject({ error: { code: "UNCONFIRMED" } });
  await setRunning("startInstance");
  await send("after it", { waitFor: "SERVER_ACK" });
  expect(has(id)).toBe(false);
});

test("ten thousand messages wait for one instance, and the next is QUEUE_FULL until there is room", async () => {
  await setRunning("stopInstance");
  const { id } = await send("the model of the others");
  await whileStopped((database) => {
    database.exec(`
      CREATE TEMP TABLE copy AS SELECT * FROM "Message" WHERE id = '${id}';
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
      INSERT INTO "Message" (uid, "instanceId", identity, id, "chatId", "senderId", "fromMe", kind,
        text, timestamp, status, source, intent, "expiresAt", "createdAt")
      SELECT uid || i, "instanceId", identity || i, id || i, "chatId", "senderId", "fromMe", kind,
        text, timestamp, status, source, intent, "expiresAt", "createdAt" FROM copy, n`);
  });
  const refused = await gateway.post<ErrorReply>("/instances/me/sendMessage", {
    to: ALICE,
    message: "one too many",
  });
  expect(refused).toMatchObject({ status: 429, body: { error: { code: "QUEUE_FULL" } } });
  expect(await send("one too many")).toMatchObject({ __typename: "QueueFullError" });
  await cancelMessage(gateway, id);
  const { id: fits, status } = await send("fits");
  expect(status).toBe("QUEUED");
  await whileStopped((database) => {
    database.exec(`DELETE FROM "Message" WHERE text = 'the model of the others'`);
  });
  await setRunning("startInstance");
  await alice.waitFor((message) => message.id === fits);
});

test("a connection that breaks amid many sends loses none, doubles none and keeps their order", async () => {
  const texts = Array.from({ length: 60 }, (_, n) => `order ${n}`);
  for (const [at, text] of texts.entries()) {
    await send(text);
    if (at % 20 === 10) gateway.wa.fault({ kind: "drop", phone: ME });
  }
  await alice.waitFor(({ text }) => text === texts.at(-1), 20_000);
  const got = alice.received.flatMap(({ text }) => (text?.startsWith("order ") ? [text] : []));
  expect(got).toEqual(texts);
}, 30_000);
