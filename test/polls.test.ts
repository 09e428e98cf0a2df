import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
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

const votes =
  (id: string, ...options: readonly string[]) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id && JSON.stringify(data["options"]) === JSON.stringify(options);

interface Result {
  readonly option: string;
  readonly count: number;
  readonly voters: readonly { readonly pn: string }[];
}

async function results(id: string): Promise<readonly Result[]> {
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: { id: string; results?: Result[] } }[] } };
  }>(
    `{ instance(id: "me") { messages(first: 100) { edges { node {
      id ... on PollMessage { results { option count voters { pn } } } } } } } }`,
  );
  return instance.messages.edges.find(({ node }) => node.id === id)?.node.results ?? [];
}

const counts = async (id: string) => (await results(id)).map(({ count }) => count);

test("votes in a poll of ours are told and tallied, and changed, and taken back", async () => {
  const { body } = await gateway.post<ShownSend>("/instances/me/sendPoll", { to: ALICE, ...poll });
  const { messageId: id } = body;
  await alice.waitFor((message) => message.id === id);
  await alice.send(ME, { vote: { id, from: ME, options: ["Sea", "Home"] } });
  const { data } = await gateway.event("me", "poll.vote", votes(id, "Sea", "Home"));
  expect(data).toMatchObject({
    chatId: alice.lid,
    voter: { pn: alice.jid, name: "Alice" },
    fromMe: false,
  });
  expect(await results(id)).toEqual([
    { option: "Sea", count: 1, voters: [{ pn: alice.jid }] },
    { option: "Hills", count: 0, voters: [] },
    { option: "Home", count: 1, voters: [{ pn: alice.jid }] },
  ]);
  await alice.send(ME, { vote: { id, from: ME, options: ["Hills"] } });
  await gateway.event("me", "poll.vote", votes(id, "Hills"));
  expect(await counts(id)).toEqual([0, 1, 0]);
  await alice.send(ME, { vote: { id, from: ME, options: [] } });
  await gateway.event("me", "poll.vote", votes(id));
  expect(await counts(id)).toEqual([0, 0, 0]);
});

test("in a group everybody's vote counts, the account's own phone's too", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE, BOB] });
  const { id } = await alice.send(group, { poll });
  for (const [voter, option] of [
    [bob, "Sea"],
    [me, "Sea"],
    [alice, "Home"],
  ] as const) {
    await voter.waitFor((message) => message.id === id).catch(() => undefined);
    await voter.send(group, { vote: { id, from: ALICE, options: [option] } });
  }
  await gateway.event("me", "poll.vote", votes(id, "Home"));
  await expect.poll(() => counts(id)).toEqual([2, 0, 1]);
  const own = await gateway.event("me", "poll.vote", ({ data }) => data["fromMe"] === true);
  expect(own.data).toMatchObject({ options: ["Sea"], voter: { pn: me.jid } });
});

test("a vote right behind its poll is read", async () => {
  const { id } = await alice.send(ME, { poll });
  await alice.send(ME, { vote: { id, from: ALICE, options: ["Hills"] } });
  await gateway.event("me", "poll.vote", votes(id, "Hills"));
  expect(await counts(id)).toEqual([0, 1, 0]);
});

test("a vote that cannot be opened is told as one, and counts for nothing", async () => {
  const { id } = await alice.send(ME, { poll });
  const forged = { encPayload: Buffer.alloc(32), encIv: Buffer.alloc(12) };
  const key = { id, remoteJid: bob.jid, fromMe: false };
  await alice.send(ME, {
    message: { pollUpdateMessage: { pollCreationMessageKey: key, vote: forged } },
    kind: "poll",
  });
  const { data } = await gateway.event(
    "me",
    "poll.vote",
    ({ data: { messageId } }) => messageId === id,
  );
  expect(data).toMatchObject({ options: null });
  expect(await counts(id)).toEqual([0, 0, 0]);
});
