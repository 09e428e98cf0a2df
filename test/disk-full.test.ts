import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";
import { makeSmallDisk } from "./support/small-disk.ts";

const ME = "5511999990001";

/** Everything works again this soon after there is space (milliseconds). */
const RECOVERY_MS = 5_000;

const disk = makeSmallDisk();
let receiver: Receiver;
let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  receiver = await startReceiver();
  const { dataDir, overrides } = disk;
  gateway = await startTestGateway({
    dataDir,
    overrides: { ...overrides, webhookRetryDelays: Array.from({ length: 20 }, () => 500) },
  });
  await gateway.linked("me", ME);
  const { body } = await gateway.post<{ secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
  });
  receiver.trust(body.secret);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await disk[Symbol.asyncDispose]();
});

/** The ids of the messages that stand in the database, decrypted or as events. */
function storedIds(): ReadonlySet<string> {
  using database = new DatabaseSync(join(disk.dataDir, "wagraph.db"), { readOnly: true });
  const rows = database
    .prepare(`SELECT id FROM "Message" UNION SELECT stanza ->> 'id' FROM "InboxRow"`)
    .all() as { readonly id: string }[];
  return new Set(rows.map(({ id }) => id));
}

const textOf = ({ data }: ShownEvent) => data.message?.text ?? "";

const inAnyOrder = (one: string, other: string) => one.localeCompare(other);

const deliveredTexts = () =>
  new Set(receiver.events.filter(({ type }) => type === "message.received").map(textOf));

async function receivedTexts(): Promise<readonly string[]> {
  const texts: string[] = [];
  let after = "";
  for (;;) {
    const path = `/events?type=message.received&limit=200${after}`;
    const { body } = await gateway.get<{ events: readonly ShownEvent[]; cursor: string }>(path);
    texts.push(...body.events.map(textOf));
    if (body.events.length < 200) return texts;
    after = `&after=${body.cursor}`;
  }
}

test(`a full disk (${disk.means}): nothing unstored is confirmed, the reason is told, and all goes on once there is space`, async () => {
  await alice.send(ME, { text: "before" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === "before");
  await disk.fill();

  const sent: { readonly id: string; readonly text: string }[] = [];
  const ready = () => gateway.get<Partial<ErrorReply>>("/readyz");
  const isFull = async () => (await ready()).body.error?.message ?? "";
  const say = async () => {
    // Large, so that not even the space which the database has set aside for itself is enough.
    const text = `${sent.length} ${"x".repeat(50_000)}`;
    sent.push({ text, id: (await alice.send(ME, { text })).id });
  };
  while (!/database is full/.test(await isFull()) && sent.length < 500) await say();
  for (let more = 0; more < 20; more += 1) await say();
  await expect.poll(isFull).toMatch(/database is full/);
  expect(await ready()).toMatchObject({ status: 503, body: { error: { code: "UNAVAILABLE" } } });

  const send = { to: alice.phone, message: `no space ${"y".repeat(50_000)}` };
  const refused = await gateway.post<ErrorReply>("/instances/me/sendMessage", send);
  expect(refused).toMatchObject({ status: 503, body: { error: { code: "STORE_FAILED" } } });
  expect(await gateway.get("/livez")).toMatchObject({ status: 200 });
  expect(await gateway.get("/events?limit=1")).toMatchObject({ status: 200 });
  expect(await gateway.status("me")).toMatchObject({ phoneNumber: ME });

  const confirmed = alice.receipts.flatMap(({ ids }) => ids);
  const stored = storedIds();
  expect(confirmed.filter((id) => !stored.has(id))).toEqual([]);
  expect(confirmed.length).toBeLessThan(sent.length);

  await disk.free();
  const freed = performance.now();
  const patience = { timeout: RECOVERY_MS, interval: 50 };
  await expect.poll(async () => (await ready()).status, patience).toBe(200);
  await gateway.reaches("me", "OPEN");
  const { status, body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to: alice.phone,
    message: "space again",
  });
  expect([status, body.status]).toEqual([200, expect.stringMatching(/SERVER_ACK|DELIVERED/)]);
  await alice.send(ME, { text: "after" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === "after");
  expect(performance.now() - freed).toBeLessThan(RECOVERY_MS);

  const expected = ["before", ...sent.map(({ text }) => text), "after"].toSorted(inAnyOrder);
  await expect.poll(async () => (await receivedTexts()).length, patience).toBe(expected.length);
  expect((await receivedTexts()).toSorted(inAnyOrder)).toEqual(expected);
  // Each connection that opened has ended before the next one did, as it was in the world.
  const connections = (await gateway.events("me")).filter(({ type }) =>
    type.startsWith("connection."),
  );
  expect(connections.map(({ type }) => type)).toEqual(
    connections.map((_, at) => (at % 2 === 0 ? "connection.open" : "connection.close")),
  );
  expect(connections.length).toBeGreaterThan(2);
  // What was stored and yet not told to the caller would be sent twice by a caller who tries again.
  expect(alice.received.some(({ text }) => text?.startsWith("no space"))).toBe(false);
  await expect.poll(() => deliveredTexts().size).toBe(expected.length);
}, 60_000);
