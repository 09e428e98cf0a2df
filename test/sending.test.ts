import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownMessage, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

// A test that fails half-way must not take the others with it.
afterEach(() => gateway.wa.clearFaults());

const sent = (id: string) => alice.waitFor((message) => message.id === id);

test("a text is answered once WhatsApp has it, and arrives", async () => {
  const { status, body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to: "+55 (11) 99999-0002",
    message: "hello Alice",
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ to: alice.jid });
  expect(["SERVER_ACK", "DELIVERED"]).toContain(body.status);
  expect(await sent(body.messageId)).toMatchObject({ from: ME, type: "text", text: "hello Alice" });
  const event = await gateway.event(
    "me",
    "message.sent",
    (e) => e.data.message?.id === body.messageId,
  );
  expect(event.data).toMatchObject({
    source: "API",
    message: { fromMe: true, status: "SERVER_ACK", timestamp: body.timestamp },
  });
});

interface Sent {
  readonly sendText: { readonly id: string; readonly status: string };
}

const SEND = `mutation ($input: SendTextInput!) { sendText(input: $input) {
  __typename ... on Message { id status } ... on Error { code message } ... on SendRejectedError { whatsappCode } } }`;

const sendText = (text: string, more: Readonly<Record<string, unknown>> = {}) =>
  gateway.graphql<Sent>(SEND, { input: { instanceId: "me", to: ALICE, text, ...more } });

test("the caller says how long to wait: until it is stored, taken by the server, or delivered", async () => {
  expect((await sendText("a", { waitFor: "QUEUED" })).sendText.status).toMatch(
    /QUEUED|SENDING|SERVER_ACK/,
  );
  expect((await sendText("b", { waitFor: "SERVER_ACK" })).sendText.status).toMatch(
    /SERVER_ACK|DELIVERED/,
  );
  expect((await sendText("c", { waitFor: "DELIVERED" })).sendText.status).toBe("DELIVERED");
});

test("when the time is over the message is returned as it stands, and goes on", async () => {
  gateway.wa.fault({ kind: "noDelivery", phone: ALICE });
  const began = Date.now();
  const { sendText: row } = await sendText("undelivered", {
    waitFor: "DELIVERED",
    waitTimeoutMs: 100,
  });
  expect(row.status).toMatch(/^(SENDING|SERVER_ACK)$/);
  expect(Date.now() - began).toBeLessThan(2_000);
  gateway.wa.clearFaults();
  await alice.receipt({ to: ME, ids: [row.id], type: "delivered" });
  await gateway.event("me", "message.status", ({ data }) => data["messageId"] === row.id);
});

test("receipts move a message on, each step is told once, and never back", async () => {
  const { id } = (await sendText("read me", { waitFor: "DELIVERED" })).sendText;
  await alice.receipt({ to: ME, ids: [id], type: "read" });
  await gateway.event(
    "me",
    "message.status",
    ({ data }) => data["messageId"] === id && data["status"] === "READ",
  );
  await alice.receipt({ to: ME, ids: [id], type: "delivered" });
  await alice.receipt({ to: ME, ids: [id], type: "played" });
  await gateway.event(
    "me",
    "message.status",
    ({ data }) => data["messageId"] === id && data["status"] === "PLAYED",
  );
  const steps = (await gateway.events("me", "message.status")).filter(
    ({ data }) => data["messageId"] === id,
  );
  expect(steps.map(({ data }) => [data["previous"], data["status"]])).toEqual([
    ["SERVER_ACK", "DELIVERED"],
    ["DELIVERED", "READ"],
    ["READ", "PLAYED"],
  ]);
  expect(steps[0]?.data).toMatchObject({ chatId: alice.lid });
  expect(await statusOf(id)).toBe("PLAYED");
});

async function statusOf(id: string): Promise<string | null | undefined> {
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: ShownMessage }[] } };
  }>(`{ instance(id: "me") { messages(first: 100) { edges { node { id status } } } } }`);
  return instance.messages.edges.find(({ node }) => node.id === id)?.node.status;
}

test("what the server refuses is SEND_REJECTED with WhatsApp's code, and message.failed is its only event", async () => {
  gateway.wa.fault({ kind: "ackError", phone: ME, code: 463 });
  const { status, body } = await gateway.post<ErrorReply>("/instances/me/sendMessage", {
    to: ALICE,
    message: "refused",
  });
  expect(status).toBe(422);
  expect(body.error).toMatchObject({ code: "SEND_REJECTED", details: { whatsappCode: 463 } });
  const failed = await gateway.event(
    "me",
    "message.failed",
    ({ data }) => data.message?.text === "refused",
  );
  expect(failed.data).toMatchObject({
    error: { whatsappCode: 463 },
    message: { status: "FAILED" },
  });
  const id = failed.data.message?.id;
  const others = (await gateway.events("me")).filter(
    ({ data, type }) =>
      type !== "message.failed" && (data.message?.id === id || data["messageId"] === id),
  );
  expect(others).toEqual([]);

  gateway.wa.fault({ kind: "ackError", phone: ME, code: 479 });
  expect(await sendText("refused too")).toMatchObject({
    sendText: { __typename: "SendRejectedError", code: "SEND_REJECTED", whatsappCode: 479 },
  });
  expect(alice.received.some(({ text }) => text?.startsWith("refused"))).toBe(false);
});

test("an answer quotes what was received", async () => {
  const { id } = await alice.send(ME, { text: "a question" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  const answer = await sendText("an answer", { quotedId: id });
  expect(await sent(answer.sendText.id)).toMatchObject({ text: "an answer", quotedId: id });
  expect(await sendText("to nothing", { quotedId: "3EB0" })).toMatchObject({
    sendText: { __typename: "MessageNotFoundError" },
  });
});

test("a group gets a text by its JID", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE] });
  const { body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to: group.jid,
    message: "hello all",
  });
  expect(await sent(body.messageId)).toMatchObject({ chat: group.jid, text: "hello all" });
});

const orderOnce = (message: string) =>
  gateway.post<ShownSend & ErrorReply>(
    "/instances/me/sendMessage",
    { to: ALICE, message },
    { "idempotency-key": "order-1" },
  );

test("equal calls with one key make one message, a different call is refused", async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, () => orderOnce("only once")));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  const ids = new Set(replies.map(({ body }) => body.messageId));
  expect(ids.size).toBe(1);
  expect((await orderOnce("only once")).body.messageId).toBe([...ids][0]);
  expect(await orderOnce("something else")).toMatchObject({
    status: 422,
    body: { error: { code: "IDEMPOTENCY_MISMATCH" } },
  });
  await sent([...ids][0] ?? "");
  expect(alice.received.filter(({ text }) => text === "only once")).toHaveLength(1);
});

test("texts that are taken quickly arrive in the order in which they were taken", async () => {
  const texts = Array.from({ length: 40 }, (_, n) => `number ${n}`);
  for (const text of texts) await sendText(text, { waitFor: "QUEUED" });
  await alice.waitFor(({ text }) => text === texts.at(-1));
  const got = alice.received.flatMap(({ text }) => (text?.startsWith("number ") ? [text] : []));
  expect(got).toEqual(texts);
});

test("nothing is sent for an instance that was never linked: NOT_LINKED", async () => {
  await gateway.post("/instances", { instanceId: "fresh" });
  const reply = await gateway.post("/instances/fresh/sendMessage", { to: ALICE, message: "hi" });
  expect(reply).toMatchObject({ status: 409, body: { error: { code: "NOT_LINKED" } } });
});

test("what is sent while an instance is stopped waits, also over a restart, and goes out in order at the start", async () => {
  const stop = `mutation { stopInstance(id: "me") { ... on Instance { status lastDisconnect { reason } } } }`;
  expect(await gateway.graphql(stop)).toEqual({
    stopInstance: { status: "STOPPED", lastDisconnect: { reason: "STOPPED_BY_USER" } },
  });
  const queued = await gateway.graphql<Sent>(SEND, {
    input: { instanceId: "me", to: ALICE, text: "waited 1", waitTimeoutMs: 50 },
  });
  expect(queued.sendText.status).toBe("QUEUED");
  await sendText("waited 2", { waitFor: "QUEUED" });
  await gateway.restart();
  expect((await gateway.status("me")).status).toBe("STOPPED");
  await sendText("waited 3", { waitFor: "QUEUED" });
  await gateway.graphql(`mutation { startInstance(id: "me") { ... on Instance { id } } }`);
  const last = await alice.waitFor(({ text }) => text === "waited 3");
  const waited = alice.received.flatMap(({ text }) => (text?.startsWith("waited") ? [text] : []));
  expect(waited).toEqual(["waited 1", "waited 2", "waited 3"]);
  expect((await sent(queued.sendText.id)).text).toBe("waited 1");
  await gateway.event("me", "message.sent", ({ data }) => data.message?.id === last.id);
});

test("a number that could not be asked about when it was taken fails at the start if nobody has it", async () => {
  await gateway.graphql(`mutation { stopInstance(id: "me") { __typename } }`);
  const { id, status } = (await sendText("nobody", { to: "5511900000000", waitFor: "QUEUED" }))
    .sendText;
  expect(status).toBe("QUEUED");
  await gateway.graphql(`mutation { startInstance(id: "me") { __typename } }`);
  const failed = await gateway.event("me", "message.failed", ({ data }) => data.message?.id === id);
  expect(failed.data).toMatchObject({ error: { code: "NOT_ON_WHATSAPP", whatsappCode: null } });
});

test("a message that was under way when the gateway went down is sent again under the same id", async () => {
  gateway.wa.fault({ kind: "silence", phone: ME });
  const { sendText: row } = await sendText("through the silence", { waitTimeoutMs: 200 });
  expect(row.status).toMatch(/QUEUED|SENDING/);
  await gateway.stop();
  gateway.wa.clearFaults();
  await gateway.start();
  await sent(row.id);
  await gateway.event("me", "message.sent", ({ data }) => data.message?.id === row.id);
  expect(alice.received.filter(({ text }) => text === "through the silence")).toHaveLength(1);
});
