import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import type { OutgoingContent } from "../simulator/messages/content.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let alice: Account;
let bob: Account;
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.linked("other", "5511999990009");
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob", addressing: "lid" });
  group = await gateway.wa.group({ subject: "Us", participants: [ALICE, BOB, ME] });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function hears(
  from: Account,
  content: OutgoingContent,
  to: string | Group = ME,
  at = "me",
): Promise<string> {
  const { id } = await from.send(to, content);
  await gateway.event(at, "message.received", ({ data }) => data.message?.id === id);
  return id;
}

interface Shown {
  readonly id: string;
  readonly text: string | null;
  readonly timestamp: string;
}

/** The texts that a search finds, the newest first. */
async function found(query: Readonly<Record<string, string>>): Promise<readonly (string | null)[]> {
  const { status, body } = await gateway.get<readonly Shown[]>(
    `/instances/me/messages?${new URLSearchParams(query)}`,
  );
  expect(status).toBe(200);
  return body.map(({ text }) => text);
}

describe("a search", () => {
  test("finds words whatever their accents and case, at once, and all of them", async () => {
    await hears(alice, { text: "A Ação começou às 9h" });
    await hears(bob, { text: "nothing of the kind" });
    expect(await found({ text: "acao" })).toEqual(["A Ação começou às 9h"]);
    expect(await found({ text: "COMECOU ação" })).toEqual(["A Ação começou às 9h"]);
    expect(await found({ text: "acao kind" })).toEqual([]);
  });

  test("takes the last word for the beginning of one, and only the last", async () => {
    await hears(alice, { text: "your delivery is late" });
    expect(await found({ text: "your deliv" })).toEqual(["your delivery is late"]);
    expect(await found({ text: "deliv your" })).toEqual([]);
  });

  test("finds captions, and what the account itself has sent", async () => {
    await hears(alice, { image: { bytes: Buffer.from("x"), caption: "a photograph" } });
    await gateway.post("/instances/me/sendMessage", { to: ALICE, message: "photographic memory" });
    expect(await found({ text: "photograph" })).toEqual(["photographic memory", "a photograph"]);
  });

  test.each([
    `"`,
    `quoted" OR "x`,
    "(",
    "a AND",
    "NOT quoted",
    "text : x",
    "*",
    "quoted*^",
    "';--",
    "{}",
  ])("takes %j for words alone", async (text) => {
    await hears(alice, { text: "somebody is quoted" });
    const { status } = await gateway.get(`/instances/me/messages?${new URLSearchParams({ text })}`);
    // What has a word in it is searched, what has none is refused.
    expect(status).toBe(/[a-z]/.test(text) ? 200 : 400);
  });

  test("finds what a message reads like now", async () => {
    const id = await hears(alice, { text: "the originall words" });
    await alice.send(ME, { edit: { id, text: "the amended words" } });
    await gateway.event("me", "message.edited", ({ data }) => data.message?.id === id);
    expect(await found({ text: "originall" })).toEqual([]);
    expect(await found({ text: "amended" })).toEqual(["the amended words"]);
    await alice.send(ME, { deletion: { id, from: ALICE } });
    await gateway.event("me", "message.deleted", ({ data }) => data["messageId"] === id);
    expect(await found({ text: "amended" })).toEqual([]);
  });

  test("is of one account, and in one chat if that is asked for", async () => {
    await hears(alice, { text: "pineapple for you" });
    await hears(alice, { text: "pineapple for all" }, group);
    await hears(alice, { text: "pineapple for others" }, "5511999990009", "other");
    expect(await found({ text: "pineapple" })).toEqual(["pineapple for all", "pineapple for you"]);
    expect(await found({ text: "pineapple", chatId: alice.jid })).toEqual(["pineapple for you"]);
    expect(await found({ text: "pineapple", chatId: group.jid })).toEqual(["pineapple for all"]);
    // As the index names the account.
    expect(await found({ text: Buffer.from("me").toString("hex") })).toEqual([]);
  });
});

test("messages are filtered by sender, kind, time and attachment, alone and together", async () => {
  await hears(bob, { text: "bob to all" }, group);
  const at = await hears(bob, {
    document: { bytes: Buffer.from("x"), fileName: "a.txt", caption: "bob's file" },
  });
  expect(await found({ sender: bob.jid, chatId: group.jid })).toEqual(["bob to all"]);
  expect(await found({ sender: bob.lid, kind: "DOCUMENT" })).toEqual(["bob's file"]);
  expect(await found({ kind: "IMAGE,DOCUMENT", hasMedia: "true" })).toEqual([
    "bob's file",
    "a photograph",
  ]);
  expect(await found({ hasMedia: "false", sender: bob.lid, text: "bob" })).toEqual(["bob to all"]);
  const { body } = await gateway.get<readonly Shown[]>("/instances/me/messages?limit=1");
  const { id, timestamp = "" } = body[0] ?? {};
  expect(id).toBe(at);
  const later = new Date(Date.parse(timestamp) + 1_000).toISOString();
  expect(await found({ from: timestamp, text: "bob's" })).toEqual(["bob's file"]);
  expect(await found({ from: later })).toEqual([]);
  expect(await found({ to: timestamp, text: "bob's" })).toEqual([]);
  expect(await found({ to: later, text: "bob's" })).toEqual(["bob's file"]);
});

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $text: String, $kinds: [MessageKind!]) {
  messages(instanceId: "me", first: $first, after: $after, last: $last, before: $before, text: $text, kinds: $kinds) {
    edges { node { text } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Page {
  readonly edges: readonly { readonly node: Shown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

async function page(variables: Readonly<Record<string, unknown>>): Promise<Page> {
  return (await gateway.graphql<{ messages: Page }>(PAGE, variables)).messages;
}

const textsOf = ({ edges }: Page): readonly (string | null)[] => edges.map(({ node }) => node.text);

test("what is found is paged both ways, and a cursor holds although its message was deleted", async () => {
  const ids: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    ids.push(await hears(n % 2 ? alice : bob, { text: `number ${n}` }, group));
    await hears(alice, { text: "between" }, group);
  }
  const all = ["number 5", "number 4", "number 3", "number 2", "number 1"];
  const wanted = { text: "number", kinds: ["TEXT"] };
  expect(textsOf(await page(wanted))).toEqual(all);
  const first = await page({ ...wanted, first: 2 });
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = await page({ ...wanted, first: 2, after: first.pageInfo.endCursor });
  const third = await page({ ...wanted, first: 2, after: second.pageInfo.endCursor });
  expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  expect([first, second, third].flatMap(textsOf)).toEqual(all);
  const last = await page({ ...wanted, last: 2 });
  expect(textsOf(last)).toEqual(["number 2", "number 1"]);
  const before = await page({ ...wanted, last: 2, before: last.pageInfo.startCursor });
  expect(textsOf(before)).toEqual(["number 4", "number 3"]);
  expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });

  await bob.send(group, { deletion: { id: ids[3] ?? "", from: BOB } });
  await gateway.event("me", "message.deleted", ({ data }) => data["messageId"] === ids[3]);
  const rest = await page({ ...wanted, after: first.pageInfo.endCursor });
  expect(textsOf(rest)).toEqual(expect.arrayContaining(["number 3", "number 2", "number 1"]));
});

test("an instance that is deleted leaves nothing to be found", async () => {
  await hears(alice, { text: "ephemeral words" }, "5511999990009", "other");
  await gateway.delete("/instances/other");
  await gateway.post("/instances", { instanceId: "other" });
  const { body } = await gateway.get("/instances/other/messages?text=ephemeral");
  expect(body).toEqual([]);
});
