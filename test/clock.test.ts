import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Account } from "../simulator/index.ts";
import { useSettableClock } from "./support/clock.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import type { ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

const DAY_MS = 24 * 60 * 60_000;

/** A delivery is tried again so late (milliseconds), whatever the clock says. */
const RETRY_MS = 1_000;

const clock = useSettableClock();
let gateway: TestGateway;
let receiver: Receiver;
let alice: Account;
beforeAll(async () => {
  receiver = await startReceiver();
  gateway = await startTestGateway({
    env: { EVENT_RETENTION_DAYS: "1" },
    overrides: {
      choresEveryMs: 20,
      webhookRetryDelays: Array.from({ length: 60 }, () => RETRY_MS),
    },
  });
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  const { body } = await gateway.post<{ secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.received"],
  });
  receiver.trust(body.secret);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

afterEach(() => clock.setTo(0));

const real = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const post = (message: string, key: string) =>
  gateway.post<ShownSend>(
    "/instances/me/sendMessage",
    { to: ALICE, message },
    { "idempotency-key": key },
  );

const positions = async () => (await gateway.events("me")).map(({ cursor }) => cursor);

const schedule = async (text: string, inMs: number) =>
  (
    await gateway.graphql<{ sendText: { id: string } }>(
      `mutation ($text: String!, $at: DateTime!) {
        sendText(input: {instanceId: "me", to: "${ALICE}", text: $text, scheduledAt: $at, waitFor: QUEUED}) {
          ... on TextMessage { id } } }`,
      { text, at: new Date(Date.now() + inMs).toISOString() },
    )
  ).sendText.id;

test.each([
  ["forward", DAY_MS],
  ["back", -DAY_MS],
])(
  "a clock that is set %s by a day: nothing expires, nothing is repeated, the order stands",
  async (way, jumpMs) => {
    await gateway.post("/instances/me/restart");
    await gateway.reaches("me", "OPEN");
    const first = await post(`${way} first`, way);
    receiver.status = 503;
    const calls = receiver.calls;
    await alice.send(ME, { text: `${way} before` });
    await gateway.event("me", "message.received", (e) => e.data.message?.text === `${way} before`);
    await expect.poll(() => receiver.calls).toBeGreaterThan(calls);
    const waiting = await schedule("far", 2 * DAY_MS);
    const before = await positions();

    const calledBefore = receiver.calls;
    clock.setTo(jumpMs);
    await real(50);
    expect(receiver.calls - calledBefore).toBeLessThanOrEqual(1);
    receiver.status = 204;

    await alice.send(ME, { text: `${way} after` });
    const { body: again } = await post(`${way} first`, way);
    expect(again.messageId).toBe(first.body.messageId);
    expect((await post(`${way} second`, `${way} second`)).status).toBe(200);
    await receiver.event("message.received", (e) => e.data.message?.text === `${way} after`);
    const texts = receiver.events.flatMap(({ data }) => {
      const text = data.message?.text ?? "";
      return text.startsWith(way) ? [text] : [];
    });
    expect(texts).toEqual([`${way} before`, `${way} after`]);
    expect(alice.received.filter(({ text }) => text === `${way} first`)).toHaveLength(1);

    // The oldest events are still there, and what is new stands behind what is old.
    expect((await positions()).slice(0, before.length)).toEqual(before);
    expect((await gateway.status("me")).status).toBe("OPEN");
    const states = `{ instance(id: "me") { messages(statuses: [EXPIRED, FAILED], first: 50) { edges { node { id } } } } }`;
    expect(await gateway.graphql(states)).toEqual({ instance: { messages: { edges: [] } } });
    await gateway.graphql(
      `mutation ($id: ID!) { cancelMessage(instanceId: "me", id: $id) { __typename } }`,
      { id: waiting },
    );
  },
);

test("scheduled messages follow the machine's clock, whichever way it is set", async () => {
  clock.setTo(-DAY_MS);
  await schedule("a day behind", 100);
  await alice.waitFor(({ text }) => text === "a day behind");

  const tomorrow = await schedule("tomorrow", DAY_MS);
  clock.setTo(0);
  // Another one is looked after, and the first is found to be due as well.
  await schedule("right now", 1);
  const { id } = await alice.waitFor(({ text }) => text === "tomorrow");
  expect(id).toBe(tomorrow);
});
