import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, ReceivedMessage } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { sendText } from "./support/sends.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const poll = { question: "Where?", options: ["Sea", "Hills", "Home"] };
const event = { name: "Dinner", startsAt: 1_900_000_000 };

const vote = <T = ShownSend>(id: string, options: readonly string[]) =>
  gateway.post<T>(`/instances/me/messages/${id}/vote`, { options });
const answer = <T = ShownSend>(id: string, attendance: string, more: object = {}) =>
  gateway.post<T>(`/instances/me/messages/${id}/answer`, { attendance, ...more });

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id || data.message?.id === id;

async function received(from: Account, content: object, to: string = ME): Promise<string> {
  const { id } = await from.send(to, content as { text: string });
  await gateway.event("me", "message.received", about(id));
  return id;
}

async function sent(path: string, body: object): Promise<string> {
  const { body: said } = await gateway.post<ShownSend>(`/instances/me/${path}`, body);
  return said.messageId;
}

const arrives = (at: Account, id: string, match: (message: ReceivedMessage) => boolean) =>
  at.waitFor((message) => message.targetId === id && match(message));

const chose =
  (...options: readonly string[]) =>
  (message: ReceivedMessage) =>
    message.type === "vote" && JSON.stringify(message.options) === JSON.stringify(options);

interface Node {
  readonly id: string;
  readonly results?: readonly { readonly count: number }[];
  readonly answers?: readonly object[];
}

async function stored(id: string): Promise<Node | undefined> {
  const { messages } = await gateway.graphql<{ messages: { edges: readonly { node: Node }[] } }>(
    `{ messages(instanceId: "me", first: 50) { edges { node { id
      ... on PollMessage { results { count } }
      ... on EventMessage { answers { attendance extraGuests fromMe sender { pn } } } } } } }`,
  );
  return messages.edges.map(({ node }) => node).find((node) => node.id === id);
}

const counts = async (id: string) => (await stored(id))?.results?.map(({ count }) => count);

test("the account votes in a poll of somebody else, changes its vote and takes it back", async () => {
  const id = await received(alice, { poll });
  expect(await vote(id, ["Sea", "Home"])).toMatchObject({ status: 200, body: { messageId: id } });
  await arrives(alice, id, chose("Sea", "Home"));
  const { data } = await gateway.event("me", "poll.vote", about(id));
  expect(data).toMatchObject({ voter: { pn: me.jid }, fromMe: true, options: ["Sea", "Home"] });
  expect(await counts(id)).toEqual([1, 0, 1]);
  await vote(id, ["Hills"]);
  await arrives(alice, id, chose("Hills"));
  expect(await counts(id)).toEqual([0, 1, 0]);
  await vote(id, []);
  await arrives(alice, id, chose());
  expect(await counts(id)).toEqual([0, 0, 0]);
});

test("it votes in a poll of its own", async () => {
  const own = await sent("sendPoll", { to: ALICE, ...poll });
  await alice.waitFor((message) => message.id === own);
  await vote(own, ["Home"]);
  await arrives(alice, own, chose("Home"));
  expect(await counts(own)).toEqual([0, 0, 1]);
});

test.each(["pn", "lid"] as const)(
  "in a group by %s everybody reads the vote",
  async (addressing) => {
    const group = await gateway.wa.group({
      subject: "Us",
      participants: [ME, ALICE, BOB],
      addressing,
    });
    const { id } = await alice.send(group, { poll });
    await gateway.event("me", "message.received", about(id));
    await bob.waitFor((message) => message.id === id);
    expect(await vote(id, ["Sea"])).toMatchObject({ status: 200 });
    await arrives(alice, id, chose("Sea"));
    await arrives(bob, id, chose("Sea"));
  },
);

test("the account answers an event, and changes its mind", async () => {
  const id = await received(alice, { event });
  expect(await answer(id, "GOING", { extraGuests: 2 })).toMatchObject({ status: 200 });
  const got = await arrives(alice, id, ({ type }) => type === "response");
  expect(got).toMatchObject({ text: "GOING", guests: 2, from: ME });
  const { data } = await gateway.event("me", "event.response", about(id));
  expect(data).toMatchObject({ fromMe: true, attendance: "GOING", extraGuests: 2 });
  await answer(id, "NOT_GOING");
  await arrives(alice, id, ({ text }) => text === "NOT_GOING");
  expect((await stored(id))?.answers).toEqual([
    { attendance: "NOT_GOING", extraGuests: 0, fromMe: true, sender: { pn: me.jid } },
  ]);
});

test("answers of others to an event of the account are told and kept", async () => {
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  const id = await sent("sendEvent", { to: ALICE, name: "Dinner", startsAt });
  await alice.waitFor((message) => message.id === id);
  await alice.send(ME, { response: { id, from: ME, attendance: "MAYBE", guests: 1 } });
  const { data } = await gateway.event("me", "event.response", about(id));
  expect(data).toMatchObject({
    chatId: alice.lid,
    sender: { pn: alice.jid, name: "Alice" },
    fromMe: false,
    attendance: "MAYBE",
    extraGuests: 1,
  });
  expect((await stored(id))?.answers).toMatchObject([{ attendance: "MAYBE", fromMe: false }]);
});

test("an answer that cannot be opened is told as one, and kept as none", async () => {
  const id = await received(alice, { event });
  const sealed = { encPayload: Buffer.alloc(32), encIv: Buffer.alloc(12) };
  const eventCreationMessageKey = { id, remoteJid: me.jid, fromMe: true };
  await alice.send(ME, {
    message: { encEventResponseMessage: { eventCreationMessageKey, ...sealed } },
    kind: "event",
  });
  const { data } = await gateway.event("me", "event.response", about(id));
  expect(data).toMatchObject({ attendance: null, extraGuests: 0 });
  expect((await stored(id))?.answers).toEqual([]);
});

async function refused(reply: Promise<{ status: number; body: ErrorReply }>) {
  const { status, body } = await reply;
  return [status, body.error.code];
}

test("what is no answer is refused", async () => {
  const id = await received(alice, { poll: { ...poll, selectableCount: 1 } });
  const text = await sendText(gateway, ALICE, "no poll", { waitFor: "SERVER_ACK" });
  const bad = [400, "BAD_INPUT"];
  expect(await refused(vote<ErrorReply>(id, ["Moon"]))).toEqual(bad);
  expect(await refused(vote<ErrorReply>(id, ["Sea", "Home"]))).toEqual(bad);
  expect(await refused(vote<ErrorReply>(text.id, ["Sea"]))).toEqual(bad);
  expect(await refused(answer<ErrorReply>(id, "GOING"))).toEqual(bad);
  const party = await received(alice, { event });
  expect(await refused(answer<ErrorReply>(party, "GOING", { extraGuests: 101 }))).toEqual(bad);
});
