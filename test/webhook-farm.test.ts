import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as fc from "fast-check";
import { Webhook as Verifier } from "standardwebhooks";
import { expect, test } from "vitest";
import type { InstanceId } from "../src/domain/ids.ts";
import { type Answer, Receiver } from "../src/webhooks/testing/receiver.ts";
import { incoming, INSTANCE, newDataDir, openRoom, textsOf } from "../src/webhooks/testing/room.ts";

/** In place of the usual 15 s: what waits for it should not make the tests wait. In milliseconds. */
const DEADLINE_MS = 400;

/** More than any receiver's answer is read of. */
const HUGE = Buffer.alloc(1_048_576, "x");

const BOMB = gzipSync(Buffer.alloc(64 * 1_048_576));

/** What each kind of receiver answers, and what is remembered of it. */
const FARM: Readonly<Record<string, readonly [Answer, object]>> = {
  healthy: [200, { status: 200, errorCode: null, response: "" }],
  slow: [() => undefined, { status: null, errorCode: "TIMEOUT" }],
  dripping: [
    (_, response) => {
      const timer = setInterval(() => response.write("."), 20);
      response.once("close", () => clearInterval(timer));
    },
    { status: 200, errorCode: "TIMEOUT" },
  ],
  huge: [
    (_, response) => {
      const more = () => void response.write(HUGE, more);
      more();
    },
    { status: 200, errorCode: null, response: "x".repeat(16_384) },
  ],
  "a gzip bomb": [
    (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(BOMB),
    // As it came: unfolded it would be zeros.
    { status: 200, errorCode: null, response: expect.stringContaining("\u001F\uFFFD") as string },
  ],
  redirecting: [
    (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    { status: 302, errorCode: null },
  ],
  gone: [410, { status: 410, errorCode: null }],
  throttling: [
    (_, response) => response.writeHead(429, { "retry-after": "7200" }).end("later"),
    { status: 429, errorCode: null, response: "later" },
  ],
  resetting: [(_, response) => response.destroy(), { status: null, errorCode: "RESET" }],
};

const DONE = new Set(["healthy", "huge", "a gzip bomb"]);

test("a farm of bad receivers: each fails in its own way, on record, and the healthy one waits for none", async () => {
  using dir = newDataDir();
  await using stack = new AsyncDisposableStack();
  const room = stack.use(await openRoom(dir.path, { deadlineMs: DEADLINE_MS }));
  const ids = new Map<string, string>();
  for (const [kind, [answer]] of Object.entries(FARM)) {
    const { url } = stack.use(await Receiver.start(answer));
    const { webhook } = await room.webhooks.create(INSTANCE, { url, events: ["message.*"] });
    ids.set(kind, webhook.id);
  }
  const { webhook: dead } = await room.webhooks.create(INSTANCE, {
    url: await deadUrl(),
    events: ["message.*"],
  });

  await room.events.append(incoming("for all"));

  const tried = async (id: string) => {
    const [delivery] = (await room.webhooks.deliveries(id, { limit: 1 })).deliveries;
    if (!delivery || delivery.tries === 0) return undefined;
    const [attempt] = (await room.webhooks.attempts([delivery.id])).get(delivery.id) ?? [];
    return { state: delivery.state, ...attempt };
  };
  for (const [kind, [, attempt]] of Object.entries(FARM)) {
    const state = DONE.has(kind) ? "DELIVERED" : "PENDING";
    await expect
      .poll(() => tried(ids.get(kind) ?? ""), { message: kind })
      .toMatchObject({ ...attempt, state });
  }
  await expect.poll(() => tried(dead.id)).toMatchObject({ errorCode: "CONNECT" });

  const slow = await tried(ids.get("slow") ?? "");
  expect(slow?.durationMs).toBeGreaterThanOrEqual(DEADLINE_MS - 20);
  expect(slow?.durationMs).toBeLessThan(DEADLINE_MS + 1_000);
  const throttled = await tried(ids.get("throttling") ?? "");
  const wait = (throttled?.nextAttemptAt?.getTime() ?? 0) - (throttled?.at?.getTime() ?? 0);
  expect(wait).toBeGreaterThanOrEqual(7_200_000);
  expect((await room.webhooks.get(ids.get("gone") ?? "")).enabled).toBe(false);
});

test("a thousand random texts arrive as they were written, and the reference library believes each", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using room = await openRoom(dir.path);
  const { secret } = await room.webhooks.create(INSTANCE, { url: receiver.url, ordering: "NONE" });
  const texts = fc.sample(fc.string({ unit: "grapheme", maxLength: 200 }), 1_000);
  await Promise.all(
    texts.map((text, at) => room.events.append(incoming(`${at} ${text}`, `${at % 50}@lid`))),
  );
  await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(1_000);

  const verifier = new Verifier(secret);
  for (const { body, headers } of receiver.received) {
    verifier.verify(body, headers as Record<string, string>);
  }
  expect(new Set(textsOf(receiver.bodies))).toEqual(
    new Set(texts.map((text, at) => `${at} ${text}`)),
  );
}, 40_000);

test("a hundred slow receivers are let go at the deadline, and hold up nobody meanwhile", async () => {
  using dir = newDataDir();
  await using loris = await Receiver.start(() => undefined);
  await using healthy = await Receiver.start();
  await using room = await openRoom(dir.path, { deadlineMs: DEADLINE_MS, retryDelays: [] });
  const crowds = ["slow-a", "slow-b"] as InstanceId[];
  for (const id of crowds) {
    const data = { id, status: "OPEN", createdAt: new Date() };
    await room.database.writer.write(({ db }) => db.instance.create({ data }));
    for (let at = 0; at < 50; at += 1) await room.webhooks.create(id, { url: loris.url });
  }
  await room.webhooks.create(INSTANCE, { url: healthy.url });

  for (const id of crowds) await room.events.append(incoming("slow", "a@lid", id));
  for (let at = 0; at < 20; at += 1) {
    await room.events.append(incoming(`quick ${at}`));
    await expect.poll(() => healthy.received.length).toBe(at + 1);
  }
  const attempts = () => room.database.read.attempt.findMany();
  await expect.poll(async () => (await attempts()).length).toBeGreaterThanOrEqual(120);
  const slow = (await attempts()).filter(({ errorCode }) => errorCode === "TIMEOUT");
  // On a busy machine a healthy one may have missed the short deadline once and got its event again.
  expect(slow.length).toBeGreaterThanOrEqual(100);
  for (const { durationMs } of slow) expect(durationMs).toBeLessThan(DEADLINE_MS + 1_000);
  await expect.poll(() => loris.open).toBe(0);
});

/** Where nobody listens: a port that was free a moment ago. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}
