import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { cancelMessage, sendText } from "./support/sends.ts";
import type { ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  bob = await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** How many sights of typing there were before the test. */
let before = 0;
beforeEach(() => {
  before = alice.typing.length;
});

const typed = () => alice.typing.slice(before).map(({ typing }) => typing);

const type = (text: string, more: Readonly<Record<string, unknown>> = { typingMs: 1_000 }) =>
  sendText(gateway, ALICE, text, more);

const arrival = (id: string, at: Account = alice) => at.waitFor((message) => message.id === id);

test("a message leaves after it was typed; the next of its chat waits, another chat does not", async () => {
  const began = performance.now();
  const { id, status } = await type("typed", { typingMs: 1_500 });
  expect(status).toBe("QUEUED");
  expect(performance.now() - began).toBeLessThan(1_000);
  const second = await type("behind it", {});
  const other = await sendText(gateway, BOB, "meanwhile", { waitFor: "SERVER_ACK" });
  await arrival(other.id, bob);
  expect(performance.now() - began).toBeLessThan(1_500);
  await expect.poll(typed).toEqual(["composing"]);
  expect(alice.received.map((message) => message.id)).not.toContain(id);

  await arrival(second.id);
  expect(performance.now() - began).toBeGreaterThanOrEqual(1_490);
  const order = alice.received.map((message) => message.id);
  expect(order.indexOf(id)).toBeLessThan(order.indexOf(second.id));
  expect(typed()).toEqual(["composing", "paused"]);
  expect(bob.typing).toEqual([]);
});

test("a voice note is recorded, over REST", async () => {
  const base64 = (await readFile("test/fixtures/voice.ogg")).toString("base64");
  const body = { to: ALICE, base64, voiceNote: true, typingMs: 300 };
  const sent = await gateway.post<ShownSend>("/instances/me/sendAudio", body);
  expect(sent.status).toBe(200);
  await arrival(sent.body.messageId);
  expect(typed()).toEqual(["recording", "paused"]);
});

test("what was being typed when the gateway stopped is typed again and sent once", async () => {
  const { id } = await type("interrupted", { typingMs: 2_000 });
  await expect.poll(typed).toEqual(["composing"]);
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  await arrival(id);
  expect(typed()).toEqual(["composing", "composing", "paused"]);
});

test("a message to a number that is not looked up yet is typed, and the next does not overtake it", async () => {
  const carol = await gateway.wa.account("5511999990004");
  const act = (action: string) => gateway.post(`/instances/me/${action}`);
  await act("stop");
  const first = await sendText(gateway, carol.phone, "typed", { typingMs: 700 });
  const second = await sendText(gateway, carol.phone, "not typed");
  await act("start");
  await arrival(second.id, carol);
  expect(carol.received.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(carol.typing.map(({ typing }) => typing)).toEqual(["composing", "paused"]);
});

test("what is typed can be taken back", async () => {
  const { id } = await type("regretted");
  await expect.poll(typed).toEqual(["composing"]);
  expect(await cancelMessage(gateway, id)).toMatchObject({ status: "CANCELLED" });
  const next = await type("kept", { waitFor: "SERVER_ACK" });
  await arrival(next.id);
  expect(alice.received.map((message) => message.id)).not.toContain(id);
});

test("a pace counts a typed message once, when it is begun", async () => {
  const pace = (pacing: string) =>
    gateway.graphql(`mutation { setPacing(id: "me", pacing: ${pacing}) { __typename } }`);
  await pace("{perMinute: 6, burst: 2, jitter: 0}");
  const first = await type("one", { typingMs: 300 });
  const second = await sendText(gateway, BOB, "two", { typingMs: 300 });
  const began = performance.now();
  await Promise.all([arrival(first.id), arrival(second.id, bob)]);
  // With a turn for typing and another for leaving, the burst would have been over after the first.
  expect(performance.now() - began).toBeLessThan(6_000);
  await pace("null");
});

test.each([-1, 60_001])("%d milliseconds of typing are refused", async (typingMs) => {
  const body = { to: ALICE, message: "hm", typingMs };
  const { status, body: said } = await gateway.post<ErrorReply>("/instances/me/sendMessage", body);
  expect([status, said.error.code]).toEqual([400, "BAD_INPUT"]);
});
