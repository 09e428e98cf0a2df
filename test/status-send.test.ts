import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";
const STATUS = "status@broadcast";

let gateway: TestGateway;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob" });
}, 90_000);
afterAll(() => gateway[Symbol.asyncDispose]());

const post = <T = ShownSend>(body: object) => gateway.post<T>("/instances/me/sendStatus", body);

async function posted(body: object): Promise<string> {
  const { status, body: said } = await post(body);
  expect([status, said]).toMatchObject([200, { to: STATUS }]);
  return said.messageId;
}

const arrival = (id: string, at: Account = alice) => at.waitFor((message) => message.id === id);
const has = (id: string, at: Account) => at.received.some((message) => message.id === id);

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id || data.message?.id === id;

/** What leaves later has come to everybody after this. */
async function heardOut(): Promise<void> {
  const { body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to: BOB,
    message: "that is all",
  });
  await arrival(body.messageId, bob);
}

test("a text on a colour is shown to those who are named, and to nobody else", async () => {
  const id = await posted({
    kind: "TEXT",
    message: "open today",
    backgroundColor: "#ff8800",
    font: "CALISTOGA_REGULAR",
    audience: ["+55 11 99999-0002"],
  });
  expect(await arrival(id)).toMatchObject({
    from: ME,
    chat: STATUS,
    type: "text",
    text: "open today",
    style: { background: 0xffff8800, font: 8 },
  });
  await heardOut();
  expect(has(id, bob)).toBe(false);
  const { data } = await gateway.event("me", "message.sent", about(id));
  expect(data.message).toMatchObject({ chat: { id: STATUS }, kind: "TEXT", text: "open today" });
});

test("a picture is shown to all whom the account knows, a voice is recorded", async () => {
  for (const person of [alice, bob]) {
    const { id } = await person.send(ME, { text: "hello" });
    await gateway.event("me", "message.received", about(id));
  }
  const base64 = (await jpeg()).toString("base64");
  const image = { kind: "IMAGE", base64, caption: "see", audience: "everybody" };
  const id = await posted(image);
  for (const person of [alice, bob]) {
    expect(await arrival(id, person)).toMatchObject({
      type: "image",
      caption: "see",
      chat: STATUS,
    });
  }
  const voice = (await readFile("test/fixtures/voice.ogg")).toString("base64");
  const spoken = await posted({ kind: "VOICE", base64: voice, audience: [ALICE] });
  expect(await arrival(spoken)).toMatchObject({ type: "audio", form: "voice" });
});

test("who has seen it stands on the status", async () => {
  const id = await posted({ kind: "TEXT", message: "look", audience: [ALICE, BOB] });
  await Promise.all([arrival(id), arrival(id, bob)]);
  await alice.receipt({ to: ME, ids: [id], type: "read", chat: STATUS });
  const isRead = ({ data }: ShownEvent) => data["messageId"] === id && data["status"] === "READ";
  const { data } = await gateway.event("me", "message.status", isRead);
  expect(data).toMatchObject({ chatId: STATUS, participant: { lid: alice.lid } });
  const { messages } = await gateway.graphql<{
    messages: { edges: readonly { node: { id: string; receipts: readonly object[] } }[] };
  }>(
    `{ messages(instanceId: "me", chatId: "${STATUS}", first: 50) { edges { node {
      id receipts { status participant { id } } } } } }`,
  );
  const found = messages.edges.map(({ node }) => node).find((node) => node.id === id);
  expect(found?.receipts).toEqual(
    expect.arrayContaining([{ status: "READ", participant: { id: alice.lid } }]),
  );
});

test("taking it away is told to those who were shown it, after a restart too", async () => {
  const id = await posted({ kind: "TEXT", message: "oops", audience: [ALICE] });
  await arrival(id);
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  const { status } = await gateway.send("DELETE", `/instances/me/messages/${id}`, {});
  expect(status).toBe(200);
  await alice.waitFor(({ type, targetId }) => type === "deleted" && targetId === id);
  await heardOut();
  expect(bob.received.some(({ targetId }) => targetId === id)).toBe(false);
  const { data } = await gateway.event("me", "message.deleted", about(id));
  expect(data).toMatchObject({ chatId: STATUS, fromMe: true });
});

test("a status waits while the account is offline, and is posted once for one key", async () => {
  await gateway.post("/instances/me/stop");
  const headers = { "Idempotency-Key": "status" };
  const input = {
    instanceId: "me",
    content: { text: { text: "later" } },
    audience: { contacts: [ALICE] },
    waitFor: "QUEUED",
    idempotencyKey: headers["Idempotency-Key"],
  };
  const SEND = `mutation ($input: SendStatusInput!) { sendStatus(input: $input) {
    ... on Message { id status } ... on Error { code } } }`;
  const send = async () =>
    (await gateway.graphql<{ sendStatus: { id: string; status: string } }>(SEND, { input }))
      .sendStatus;
  const [first, second] = [await send(), await send()];
  expect(first).toEqual(second);
  expect(first.status).toBe("QUEUED");
  await gateway.post("/instances/me/start");
  expect(await arrival(first.id)).toMatchObject({ text: "later" });
});

test.each([
  [{ kind: "TEXT", message: "x", audience: [] }, 400],
  [{ kind: "TEXT", message: "x", audience: ["nobody"] }, 400],
  [{ kind: "TEXT", message: "x", audience: [ME] }, 400],
  [{ kind: "TEXT", message: "x", audience: [ALICE], backgroundColor: "red" }, 400],
  [{ kind: "TEXT", message: "x" }, 400],
  [{ kind: "IMAGE", base64: "AAAA", audience: [ALICE] }, 422],
])("%j is refused", async (body, status) => {
  expect((await post<ErrorReply>(body)).status).toBe(status);
});

test("nothing but deleting can be done to a status", async () => {
  const id = await posted({ kind: "TEXT", message: "fixed", audience: [ALICE] });
  const { status, body } = await gateway.post<ErrorReply>(`/instances/me/messages/${id}/reaction`, {
    emoji: "👍",
  });
  expect([status, body.error.code]).toEqual([400, "BAD_INPUT"]);
});
