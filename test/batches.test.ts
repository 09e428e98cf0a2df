import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { batchWhich, sendBatch, type ShownBatch, type ShownRecipient } from "./support/batches.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { sendText } from "./support/sends.ts";

const ALICE = "5511999990002";
const BOB = "5511999990003";

/** A single black pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", "5511999990001");
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const textsOf = (account: Account) => account.received.map(({ text, caption }) => text ?? caption);

const recipientsOf = async (id: string) =>
  (await gateway.get<readonly ShownRecipient[]>(`/batches/${id}/recipients`)).body;

const filesIn = (folder: string) => readdirSync(join(gateway.dataDir, folder));

const setPacing = (pacing: string) =>
  gateway.graphql(
    `mutation { setPacing(id: "me", pacing: ${pacing}) { __typename ... on Error { code } } }`,
  );

/** Hands out recipients faster than they can be sent. */
async function slowly<T>(work: () => Promise<T>): Promise<T> {
  await setPacing("{perMinute: 1, burst: 1, jitter: 0}");
  try {
    return await work();
  } finally {
    await setPacing("null");
  }
}

test("everybody gets their own text, and for each stands what became of it", async () => {
  const { status, body, headers } = await sendBatch(gateway, {
    content: { text: "Hello {{name}}, {{ name }}!" },
    recipients: [
      { to: `+${ALICE}`, variables: { name: "Alice" } },
      { to: BOB, variables: { name: "{{bob}}", more: "unused" } },
      { to: "what?", variables: { name: "nobody" } },
      { to: "5511999990099", variables: { name: "not there" } },
    ],
  });
  expect([status, headers.get("location")]).toEqual([202, `/batches/${body.id}`]);
  expect(body).toMatchObject({ state: "RUNNING", total: 4, text: "Hello {{name}}, {{ name }}!" });
  await alice.waitFor(({ text }) => text === "Hello Alice, Alice!");
  await bob.waitFor(({ text }) => text === "Hello {{bob}}, {{bob}}!");
  const done = await batchWhich(
    gateway,
    body.id,
    ({ state, progress }) =>
      state === "DONE" && progress["delivered"] === 2 && progress["failed"] === 2,
  );
  expect(done).toMatchObject({ examined: 4, progress: { pending: 0, queued: 0, cancelled: 0 } });
  const [first, , third, fourth] = await recipientsOf(body.id);
  expect(first).toMatchObject({ index: 0, to: `+${ALICE}`, status: "DELIVERED" });
  expect(alice.received.some(({ id }) => id === first?.messageId)).toBe(true);
  expect(third).toEqual({
    index: 2,
    to: "what?",
    error: { code: "INVALID_RECIPIENT", message: expect.any(String) as string },
  });
  expect(fourth).toMatchObject({ status: "FAILED", error: { code: "NOT_ON_WHATSAPP" } });
});

test("a file is taken once and goes to each, and leaves nothing behind", async () => {
  const { status, body } = await sendBatch(gateway, {
    content: { image: { media: { base64: PNG }, caption: "for {{who}}" } },
    recipients: [
      { to: ALICE, variables: { who: "her" } },
      { to: BOB, variables: { who: "him" } },
    ],
  });
  expect(status).toBe(202);
  for (const [account, caption] of [
    [alice, "for her"],
    [bob, "for him"],
  ] as const) {
    const got = await account.waitFor((each) => each.caption === caption);
    expect([got.type, got.bytes?.toString("base64")]).toEqual(["image", PNG]);
  }
  await batchWhich(gateway, body.id, ({ state }) => state === "DONE");
  await expect.poll(() => [...filesIn("batches"), ...filesIn("outbox")]).toEqual([]);
});

test.each([
  ["no recipients", { recipients: [] }],
  ["too many", { recipients: Array.from({ length: 10_001 }, () => ALICE) }],
  ["nothing to say", { content: { text: " " } }],
  ["a pause that is too long", { spacing: { delayMs: 3_600_001 } }],
  ["a jitter that is too large", { spacing: { delayMs: 1, jitter: 2 } }],
  ["a time that is too late", { scheduledAt: "2099-01-01T00:00:00Z" }],
  ["a term that phones do not know", { disappearsAfter: 5 }],
  ["a value too long", { recipients: [{ to: ALICE, variables: { a: "x".repeat(4_097) } }] }],
  [
    "a missing variable",
    { content: { text: "{{a}} {{b}}" }, recipients: [{ to: ALICE, variables: { a: "x" } }] },
  ],
  [
    "variables for others only",
    { content: { text: "{{a}}" }, recipients: [{ to: ALICE, variables: { a: "x" } }, BOB] },
  ],
  [
    "a text that is empty once it is filled in",
    { content: { text: "{{a}}" }, recipients: [{ to: ALICE, variables: { a: " " } }] },
  ],
])("refused before anything is stored: %s", async (_, wrong) => {
  const body = { content: { text: "hi" }, recipients: [ALICE], ...wrong };
  const reply = await gateway.post<ErrorReply>("/instances/me/batches", body);
  expect([reply.status, reply.body.error.code]).toEqual([400, "BAD_INPUT"]);
  expect(alice.received.some(({ text }) => text === "hi")).toBe(false);
});

test("who it is refused for is said", async () => {
  const recipients = [{ to: ALICE, variables: { a: "x" } }, BOB];
  const reply = await sendBatch(gateway, { content: { text: "{{a}}" }, recipients });
  const { error } = reply.body as unknown as ErrorReply;
  expect(error.message).toMatch(/^recipients\[1\] \(5511999990003\): .*"a"/);
});

test("braces are text where nobody has variables", async () => {
  await sendBatch(gateway, { content: { text: "write {{name}}" }, recipients: [ALICE] });
  const got = await alice.waitFor(({ text }) => text?.startsWith("write ") === true);
  expect(got.text).toBe("write {{name}}");
});

test("the same key makes one batch, and no other", async () => {
  const once = { content: { text: "once" }, recipients: [ALICE, BOB] };
  const key = { "idempotency-key": "batch-1" };
  const [a, b] = await Promise.all([sendBatch(gateway, once, key), sendBatch(gateway, once, key)]);
  expect(a.body.id).toBe(b.body.id);
  const other = await sendBatch(gateway, { ...once, recipients: [BOB] }, key);
  expect(other).toMatchObject({ status: 422, body: { error: { code: "IDEMPOTENCY_MISMATCH" } } });
  await batchWhich(gateway, a.body.id, ({ progress }) => progress["delivered"] === 2);
  expect(textsOf(alice).filter((text) => text === "once")).toHaveLength(1);
});

test("few of it wait in the queue at a time; it is paused, resumed and cancelled", async () => {
  const recipients = Array.from({ length: 200 }, (_, index) => (index % 2 ? ALICE : BOB));
  await slowly(async () => {
    const { body } = await sendBatch(gateway, { content: { text: "many" }, recipients });
    const { id } = body;
    // One may be gone by the burst.
    const full = await batchWhich(gateway, id, ({ examined }) => examined >= 40);
    expect(full.examined).toBeLessThanOrEqual(41);
    const paused = await gateway.post<ShownBatch>(`/batches/${id}/pause`);
    expect(paused).toMatchObject({ status: 200, body: { state: "PAUSED" } });
    expect(paused.body.progress["pending"]).toBeGreaterThan(150);
    await setPacing("{perMinute: 6000, burst: 100, jitter: 0}");
    const sent = await batchWhich(gateway, id, ({ progress }) => progress["queued"] === 0);
    expect(sent).toMatchObject({ state: "PAUSED", examined: paused.body.examined });
    await setPacing("{perMinute: 1, burst: 1, jitter: 0}");
    expect(await gateway.post(`/batches/${id}/resume`)).toMatchObject({ status: 200 });
    await batchWhich(gateway, id, ({ progress }) => (progress["queued"] ?? 0) >= 39);
    const cancelled = await gateway.post<ShownBatch>(`/batches/${id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: "CANCELLED" } });
    expect(cancelled.body.progress).toMatchObject({ pending: 0, queued: 0 });
    const counts = Object.values(cancelled.body.progress);
    expect(counts.reduce((sum, count) => sum + count)).toBe(200);
    const late = await gateway.post<ErrorReply>(`/batches/${id}/resume`);
    expect([late.status, late.body.error.code]).toEqual([409, "TOO_LATE"]);
  });
  const before = textsOf(alice).filter((text) => text === "many").length;
  // What is sent after it would be behind what was not taken back.
  await sendText(gateway, ALICE, "afterwards");
  await alice.waitFor(({ text }) => text === "afterwards");
  expect(textsOf(alice).filter((text) => text === "many")).toHaveLength(before);
}, 30_000);

test("the pause between two messages is kept", async () => {
  const text = "with a pause";
  const spacing = { delayMs: 400, jitter: 0.5 };
  const began = performance.now();
  await sendBatch(gateway, { content: { text }, recipients: [ALICE, BOB, ALICE], spacing });
  await expect.poll(() => textsOf(alice).filter((each) => each === text).length).toBe(2);
  expect(performance.now() - began).toBeGreaterThan(800);
});

test("it begins when it is time, also after a restart, and is told of on the way", async () => {
  const scheduledAt = new Date(Date.now() + 2_500).toISOString();
  const recipients = Array.from({ length: 50 }, () => ALICE);
  const { body } = await sendBatch(gateway, {
    content: { text: "in time" },
    recipients,
    scheduledAt,
  });
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  expect(textsOf(alice)).not.toContain("in time");
  await using updates = gateway.subscribe<{ batchUpdates: ShownBatch }>(
    `subscription ($id: ID!) { batchUpdates(id: $id) { state examined progress { pending } } }`,
    { id: body.id },
  );
  expect(await updates.next()).toMatchObject({ batchUpdates: { state: "RUNNING", examined: 0 } });
  const { batchUpdates } = await updates.until((item) => item.batchUpdates.state === "DONE");
  expect(batchUpdates).toMatchObject({ examined: 50, progress: { pending: 0 } });
  await expect(updates.next()).rejects.toThrow("ended");
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(scheduledAt));
  await expect.poll(() => textsOf(alice).filter((text) => text === "in time").length).toBe(50);
});

test("the batches of an instance are listed, the latest first, and those of nobody are not there", async () => {
  const listed = { content: { text: "listed" }, recipients: [ALICE] };
  await sendBatch(gateway, listed);
  await sendBatch(gateway, listed);
  const page = await gateway.get<readonly ShownBatch[]>("/instances/me/batches?limit=1");
  expect(page.body).toHaveLength(1);
  expect(page.headers.get("link")).toContain("after=");
  const all = await gateway.get<readonly ShownBatch[]>("/instances/me/batches");
  const ids = all.body.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  for (const path of ["/batches/nope", "/batches/nope/recipients"]) {
    expect(await gateway.get(path)).toMatchObject({
      status: 404,
      body: { error: { code: "BATCH_NOT_FOUND" } },
    });
  }
});

test("what is not linked gets no batch; a log-out pauses those that run, and a new link sends nothing by itself", async () => {
  await gateway.post("/instances", { instanceId: "new" });
  const body = { content: { text: "hi" }, recipients: [ALICE] };
  expect(await gateway.post("/instances/new/batches", body)).toMatchObject({
    status: 409,
    body: { error: { code: "NOT_LINKED" } },
  });
  const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
  const later = await sendBatch(gateway, { ...body, scheduledAt });
  await me.unlink();
  await gateway.reaches("me", "LOGGED_OUT");
  const paused = { state: "PAUSED", pausedFor: "NOT_LINKED" };
  expect((await gateway.get(`/batches/${later.body.id}`)).body).toMatchObject(paused);
  expect(await gateway.post(`/batches/${later.body.id}/resume`)).toMatchObject({ status: 409 });
  expect(await gateway.delete("/instances/me")).toMatchObject({ status: 204 });
  expect((await gateway.get(`/batches/${later.body.id}`)).status).toBe(404);
});
