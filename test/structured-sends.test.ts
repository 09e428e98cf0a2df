import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

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

const post = <T = ShownSend>(what: string, body: object, headers = {}) =>
  gateway.post<T>(`/instances/me/${what}`, { to: ALICE, ...body }, headers);

const arrived = ({ messageId }: ShownSend) => alice.waitFor(({ id }) => id === messageId);

test("a place arrives, and is stored as what it is", async () => {
  const { status, body } = await post("sendLocation", {
    latitude: -23.5,
    longitude: -46.6,
    name: "Praça",
  });
  expect(status).toBe(200);
  expect(await arrived(body)).toMatchObject({
    type: "location",
    text: "Praça",
    location: { latitude: -23.5, longitude: -46.6 },
  });
  const { data } = await gateway.event(
    "me",
    "message.sent",
    ({ data: { message } }) => message?.id === body.messageId,
  );
  expect(data.message).toMatchObject({
    kind: "LOCATION",
    location: { latitude: -23.5, longitude: -46.6, name: "Praça", address: null, isLive: false },
  });
});

test("an event arrives, with its time and place", async () => {
  const startsAt = "2030-05-01T18:00:00.000Z";
  const event = { name: "Dinner", startsAt, location: { latitude: 1, longitude: 2, name: "Home" } };
  const { status, body } = await post("sendEvent", event);
  expect(status).toBe(200);
  expect(await arrived(body)).toMatchObject({
    type: "event",
    text: "Dinner",
    startsAt: Date.parse(startsAt) / 1_000,
  });
  const { data } = await gateway.event(
    "me",
    "message.sent",
    ({ data: { message } }) => message?.id === body.messageId,
  );
  expect(data.message).toMatchObject({
    kind: "EVENT",
    text: "Dinner",
    appointment: { name: "Dinner", startsAt, endsAt: null, location: { name: "Home" } },
  });
});

test("contacts arrive as cards that can be tapped on, one's own as they are", async () => {
  const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Bia\nTEL:+49\nEND:VCARD";
  const one = await post("sendContacts", {
    contacts: [{ name: "Ana; Silva", phone: "+55 (11) 98888-0000" }],
  });
  const two = await post("sendContacts", {
    contacts: [
      { name: "A", phone: "4912345678" },
      { name: "Bia", vcard },
    ],
  });
  expect([one.status, two.status]).toEqual([200, 200]);
  const [card = ""] = (await arrived(one.body)).vcards ?? [];
  expect(card).toBe(
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\\; Silva\nTEL;type=CELL;waid=5511988880000:+5511988880000\nEND:VCARD",
  );
  expect((await arrived(two.body)).vcards?.[1]).toBe(vcard);
});

test("a poll arrives with its answers", async () => {
  const poll = { question: "When?", options: ["Now", "Later"], selectableCount: 1 };
  const { status, body } = await post("sendPoll", poll);
  expect(status).toBe(200);
  expect(await arrived(body)).toMatchObject({
    type: "poll",
    text: "When?",
    options: ["Now", "Later"],
  });
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: object }[] } };
  }>(
    `{ instance(id: "me") { messages(first: 1) { edges { node { id text kind
      ... on PollMessage { poll { question options selectableCount } } } } } } }`,
  );
  expect(instance.messages.edges[0]?.node).toEqual({
    id: body.messageId,
    text: "When?",
    kind: "POLL",
    poll,
  });
});

test("those who are named in a text are told so", async () => {
  const named = await post("sendMessage", { message: `hi @${ALICE}`, mentions: [`+${ALICE}`] });
  expect(await arrived(named.body)).toMatchObject({
    text: `hi @${ALICE}`,
    mentions: [ALICE],
  });
});

test("they answer, are sent once for a key, and wait for their time, as any message does", async () => {
  const { id: quotedId } = await alice.send(ME, { text: "where?" });
  await gateway.event(
    "me",
    "message.received",
    ({ data: { message } }) => message?.id === quotedId,
  );
  const send = () =>
    gateway.graphql<{ sendLocation: { id: string } }>(
      `mutation ($quotedId: ID!) { sendLocation(input: {instanceId: "me", to: "${ALICE}", latitude: 1, longitude: 2,
        quotedId: $quotedId, idempotencyKey: "k"}) { ... on LocationMessage { id } } }`,
      { quotedId },
    );
  const [first, second] = [await send(), await send()];
  expect(first).toEqual(second);
  expect(await alice.waitFor(({ id }) => id === first.sendLocation.id)).toMatchObject({ quotedId });
  const other = await post<ErrorReply>(
    "sendLocation",
    { latitude: 3, longitude: 2 },
    { "idempotency-key": "k" },
  );
  expect([other.status, other.body.error.code]).toEqual([422, "IDEMPOTENCY_MISMATCH"]);
  const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
  const later = await post("sendPoll", { question: "?", options: ["a", "b"], scheduledAt });
  expect([later.status, later.body.status]).toEqual([202, "QUEUED"]);
});

test.each([
  ["a place off the map", "sendLocation", { latitude: 91, longitude: 0 }],
  ["no contact", "sendContacts", { contacts: [] }],
  ["a contact without a number", "sendContacts", { contacts: [{ name: "A" }] }],
  ["a card that is none", "sendContacts", { contacts: [{ name: "A", vcard: "FN:A" }] }],
  ["a poll of one answer", "sendPoll", { question: "?", options: ["a"] }],
  ["a poll of equal answers", "sendPoll", { question: "?", options: ["a", " a"] }],
  ["a poll that asks nothing", "sendPoll", { question: " ", options: ["a", "b"] }],
  [
    "more choices than answers",
    "sendPoll",
    { question: "?", options: ["a", "b"], selectableCount: 3 },
  ],
  ["nobody who is named", "sendMessage", { message: "hi", mentions: ["somebody"] }],
  ["an event without a name", "sendEvent", { name: " ", startsAt: "2030-05-01T18:00:00Z" }],
  [
    "an event that ends before it begins",
    "sendEvent",
    { name: "x", startsAt: "2030-05-01T18:00:00Z", endsAt: "2030-05-01T17:00:00Z" },
  ],
  ["an event at no time", "sendEvent", { name: "x", startsAt: "soon" }],
  ["a field that there is not", "sendPoll", { question: "?", options: ["a", "b"], multiple: true }],
])("%s is refused", async (_what, path, body) => {
  const reply = await post<ErrorReply>(path, body);
  expect([reply.status, reply.body.error.code]).toEqual([400, "BAD_INPUT"]);
});
