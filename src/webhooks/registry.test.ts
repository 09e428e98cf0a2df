import { Webhook as Verifier } from "standardwebhooks";
import { expect, test } from "vitest";
import type { InstanceId } from "../domain/ids.ts";
import { parsePrivateTargets } from "../outbound/private-targets.ts";
import { judgeUrl } from "../outbound/url.ts";
import { Receiver } from "./testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "./testing/room.ts";
import type { WebhookInput } from "./webhooks.ts";

test("a webhook gets the types, chats and directions it asked for, of its own instance", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const wanted: WebhookInput = {
    url: receiver.url,
    events: ["message.*"],
    chatKinds: ["GROUP"],
    direction: "INBOUND",
  };
  await room.webhooks.create(INSTANCE, wanted);
  const group = incoming("yes", "1@g.us");
  if (group.event.type !== "message.received") throw new Error("unreachable");
  const { message } = group.event;

  await room.events.append(incoming("direct", "1@lid"));
  await room.events.append(incoming("other instance", "1@g.us", "other" as InstanceId));
  await room.events.append({
    ...group,
    event: { type: "message.sent", message: { ...message, text: "sent" }, source: "API" },
  });
  await room.events.append({ ...group, event: { type: "connection.open", phoneNumber: "55" } });
  await room.events.append(group);

  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["yes"]);
});

test("a global webhook gets the events of all instances", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(null, { url: receiver.url });
  await room.webhooks.create(INSTANCE, { url: receiver.url, enabled: false });

  await room.events.append(incoming("theirs", "1@lid", "other" as InstanceId));

  await expect.poll(() => textsOf(receiver.bodies)).toEqual(["theirs"]);
  expect(await room.webhooks.list("other")).toMatchObject([{ id: webhook.id }]);
  expect(await room.webhooks.list(INSTANCE)).toHaveLength(2);
});

test("while a secret is being changed both sign", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  let passed = 0;
  await using room = await openRoom(dir.path, { now: () => Date.now() + passed });
  const { webhook, secret: old } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const { secret: fresh } = await room.webhooks.rotateSecret(webhook.id);
  const verify = (secret: string) => {
    const { body, headers } = receiver.only;
    return new Verifier(secret).verify(body, headers as Record<string, string>);
  };

  await room.events.append(incoming("one"));
  await expect.poll(() => receiver.received.length).toBe(1);
  expect(verify(old)).toEqual(verify(fresh));

  passed = 24 * 3_600_000 + 1;
  await room.events.append(incoming("two"));
  await expect.poll(() => receiver.received.length).toBe(2);
  const { body = "", headers = {} } = receiver.received[1] ?? {};
  const at = new Date(Number(headers["webhook-timestamp"]) * 1_000);
  const only = new Verifier(fresh).sign(String(headers["webhook-id"]), at, body);
  expect(headers["webhook-signature"]).toBe(only);
});

test("each secret signs for its own 24 hours, however often it is changed", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  let passed = 0;
  await using room = await openRoom(dir.path, { now: () => Date.now() + passed });
  const { webhook, secret: first } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  const signers = async (secrets: readonly string[]) => {
    const before = receiver.received.length;
    await room.events.append(incoming(`${before}`));
    await expect.poll(() => receiver.received.length).toBe(before + 1);
    const { body = "", headers = {} } = receiver.received[before] ?? {};
    const at = new Date(Number(headers["webhook-timestamp"]) * 1_000);
    const sign = (secret: string) =>
      new Verifier(secret).sign(String(headers["webhook-id"]), at, body);
    const signatures = String(headers["webhook-signature"]).split(" ");
    expect(signatures.every((each) => secrets.map(sign).includes(each))).toBe(true);
    return secrets.map((secret) => signatures.includes(sign(secret)));
  };
  const hour = 3_600_000;
  const { secret: second } = await room.webhooks.rotateSecret(webhook.id);
  passed = 10 * hour;
  const { secret: third } = await room.webhooks.rotateSecret(webhook.id);
  const all = [first, second, third];
  expect(await signers(all)).toEqual([true, true, true]);
  passed = 24 * hour + 1;
  expect(await signers(all)).toEqual([false, true, true]);
  passed = 34 * hour + 1;
  expect(await signers(all)).toEqual([false, false, true]);

  // A script that changes it in a loop: the youngest old ones count.
  const made: string[] = [];
  for (let at = 0; at < 6; at += 1)
    made.push((await room.webhooks.rotateSecret(webhook.id)).secret);
  expect(await signers([third, ...made])).toEqual([false, false, true, true, true, true, true]);
});

test("an update changes what it names, and the next delivery follows it", async () => {
  using dir = newDataDir();
  await using before = await Receiver.start();
  await using after = await Receiver.start();
  await using room = await openRoom(dir.path);
  const headers = { "X-Token": "hidden" };
  const { webhook } = await room.webhooks.create(INSTANCE, { url: before.url, headers });
  await room.events.append(incoming("one"));
  await expect.poll(() => before.received.length).toBe(1);

  const updated = await room.webhooks.update(webhook.id, { url: after.url });

  expect(updated).toMatchObject({ ...webhook, url: after.url, headerNames: ["X-Token"] });
  await room.events.append(incoming("two"));
  await expect.poll(() => after.only.headers["x-token"]).toBe("hidden");
  expect(JSON.stringify(await room.webhooks.list())).not.toContain("hidden");
});

test("a test is delivered and signed like an event, enabled or not, and tried once", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(500);
  await using room = await openRoom(dir.path);
  const input = { url: receiver.url, enabled: false };
  const { webhook, secret } = await room.webhooks.create(INSTANCE, input);

  const delivery = await room.webhooks.test(webhook.id);

  expect(delivery).toMatchObject({ state: "PENDING", webhookId: webhook.id });
  await expect.poll(() => receiver.received.length).toBe(1);
  const { body, headers } = receiver.only;
  expect(new Verifier(secret).verify(body, headers as Record<string, string>)).toMatchObject({
    id: delivery.eventId,
    type: "webhook.test",
    data: { webhookId: webhook.id },
  });
  const read = async () => (await room.webhooks.deliveries(webhook.id, { limit: 9 })).deliveries;
  await expect.poll(read).toMatchObject([{ id: delivery.id, state: "FAILED", tries: 1 }]);
});

test("deliveries are listed newest first, in pages and by state", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start(({ body }, response) => {
    response.writeHead(body.includes("bad") ? 500 : 200).end();
  });
  await using room = await openRoom(dir.path, { retryDelays: [] });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  for (const text of ["1", "bad 2", "3"]) await room.events.append(incoming(text));
  const read = room.webhooks.deliveries;
  await expect
    .poll(async () => (await read(webhook.id, { limit: 9, state: "PENDING" })).deliveries)
    .toEqual([]);

  const first = await read(webhook.id, { limit: 2 });
  expect(first.hasNextPage).toBe(true);
  expect(first.deliveries.map(({ state }) => state)).toEqual(["DELIVERED", "FAILED"]);
  const after = first.deliveries[1]?.id ?? null;
  const second = await read(webhook.id, { limit: 2, after });
  expect(second).toMatchObject({ hasNextPage: false, deliveries: [{ state: "DELIVERED" }] });
  expect((await read(webhook.id, { limit: 9, state: "FAILED" })).deliveries).toHaveLength(1);
});

test("a deleted webhook is gone with its deliveries, also while one is under way", async () => {
  using dir = newDataDir();
  const answers: (() => void)[] = [];
  await using receiver = await Receiver.start((_, response) => {
    answers.push(() => response.writeHead(200).end());
  });
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receiver.url });
  await room.events.append(incoming("one"));
  await expect.poll(() => answers.length).toBe(1);

  await room.webhooks.delete(webhook.id);
  for (const answer of answers) answer();

  await room.events.append(incoming("two"));
  await expect(room.webhooks.get(webhook.id)).rejects.toMatchObject({ code: "WEBHOOK_NOT_FOUND" });
  expect(await room.database.read.delivery.count()).toBe(0);
  expect(receiver.received).toHaveLength(1);
});

test.each<[string, Partial<WebhookInput>]>([
  ["INVALID_ADDRESS", { url: "ftp://example.com" }],
  ["INVALID_ADDRESS", { url: "https://user:secret@example.com" }],
  ["INVALID_ADDRESS", { url: "http://169.254.169.254/latest" }],
  ["INVALID_ADDRESS", { url: "http://10.0.0.1/" }],
  ["BAD_INPUT", { events: ["message.recieved"] }],
  ["BAD_INPUT", { events: [] }],
  ["BAD_INPUT", { headers: { "Webhook-Id": "mine" } }],
  ["BAD_INPUT", { headers: { Host: "elsewhere" } }],
  ["BAD_INPUT", { headers: { "content-type": "text/plain" } }],
  ["BAD_INPUT", { headers: { "a b": "" } }],
  ["BAD_INPUT", { headers: { ok: "a\r\nb: c" } }],
  ["BAD_INPUT", { headers: { Twice: "1", twice: "2" } }],
  [
    "BAD_INPUT",
    { headers: Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`h${at}`, ""])) },
  ],
  ["BAD_INPUT", { retryDelaysMs: [10] }],
  ["BAD_INPUT", { ordering: "RANDOM" as never }],
  ["BAD_INPUT", { chatKinds: ["EVERYBODY" as never] }],
])("refuses with %s: %j", async (code, input) => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const creating = room.webhooks.create(INSTANCE, { url: "https://example.com/", ...input });
  await expect(creating).rejects.toMatchObject({ name: "GatewayError", code });
});

test("an unknown instance and the fifty-first webhook are refused", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const url = "https://example.com/";
  const nobody = room.webhooks.create("nobody" as InstanceId, { url });
  await expect(nobody).rejects.toMatchObject({ code: "INSTANCE_NOT_FOUND" });

  await Promise.all(Array.from({ length: 50 }, () => room.webhooks.create(INSTANCE, { url })));
  await expect(room.webhooks.create(INSTANCE, { url })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("secrets and header values are unreadable at rest", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const headers = { "X-Token": "top-secret-value" };
  const { secret } = await room.webhooks.create(INSTANCE, { url: "https://example.com/", headers });
  const [row] = await room.database.read.webhook.findMany();
  const stored = Buffer.concat([row?.secret ?? Buffer.of(), row?.headers ?? Buffer.of()]);
  expect(stored.length).toBeGreaterThan(80);
  expect(stored.includes("top-secret-value")).toBe(false);
  expect(stored.includes(secret.slice(6))).toBe(false);
});

test("a webhook whose address may not be called any more can be disabled, but not given that address", async () => {
  using dir = newDataDir();
  const url = "http://127.0.0.1:9/";
  let id: string;
  {
    await using room = await openRoom(dir.path);
    ({ id } = (await room.webhooks.create(INSTANCE, { url })).webhook);
  }
  const nothingPrivate = parsePrivateTargets([]);
  await using room = await openRoom(dir.path, {
    judgeUrl: (each) => judgeUrl(each, nothingPrivate),
  });

  expect(await room.webhooks.update(id, { enabled: false })).toMatchObject({ enabled: false });
  const refused = { code: "INVALID_ADDRESS" };
  await expect(room.webhooks.update(id, { url })).rejects.toMatchObject(refused);
});

test("while a webhook with a long history is deleted, others write", async () => {
  using dir = newDataDir();
  await using room = await openRoom(dir.path);
  const { webhook } = await room.webhooks.create(INSTANCE, {
    url: "http://127.0.0.1:9/",
    enabled: false,
  });
  const { writer, read } = room.database;
  await writer.write(
    ({ db }) => db.$executeRaw`
      WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 5000)
      INSERT INTO "Delivery" (id, "webhookId", position, "eventId", type, lane, state, "createdAt")
      SELECT 'dlv_' || at, ${webhook.id}, at, 'evt_' || at, 'call', 'shop|', 'DELIVERED', 0 FROM n`,
  );

  let deleted = false;
  const deleting = room.webhooks.delete(webhook.id).then(() => (deleted = true));
  for (let at = 0; at < 3; at += 1) await room.events.append(incoming(`${at}`));
  expect(deleted).toBe(false);
  await deleting;
  expect(await read.delivery.count()).toBe(0);
  await expect(room.webhooks.get(webhook.id)).rejects.toMatchObject({ code: "WEBHOOK_NOT_FOUND" });
  await expect(room.webhooks.delete(webhook.id)).rejects.toMatchObject({
    code: "WEBHOOK_NOT_FOUND",
  });
});
