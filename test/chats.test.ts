import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownMessage } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob", addressing: "lid" });
  group = await gateway.wa.group({ subject: "Us", participants: [ALICE, BOB, ME] });
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface ShownChat {
  readonly id: string;
  readonly pn: string | null;
  readonly lid: string | null;
  readonly kind: string;
  readonly name: string | null;
  readonly unreadCount: number;
  readonly activeAt: string;
  readonly lastMessageAt: string | null;
  readonly lastMessage: ShownMessage | null;
}

const chats = async (query = ""): Promise<readonly ShownChat[]> =>
  (await gateway.get<readonly ShownChat[]>(`/instances/me/chats${query}`)).body;
const chat = async (id: string): Promise<ShownChat> =>
  (await gateway.get<ShownChat>(`/instances/me/chats/${encodeURIComponent(id)}`)).body;
const unread = async (id: string): Promise<number> => (await chat(id)).unreadCount;

/** Resolves when it is in the log, and so in its chat: they are written in one transaction. */
async function hears(from: Account, text: string, to: string | Group = ME): Promise<string> {
  const { id } = await from.send(to, { text });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  return id;
}

async function sends(to: string, message: string): Promise<void> {
  const reply = await gateway.post("/instances/me/sendMessage", { to, message });
  expect(reply.status).toBe(200);
}

test("what is received makes a chat and counts as unread", async () => {
  await hears(alice, "one");
  await hears(bob, "from a hidden number");
  await hears(alice, "two");
  await hears(alice, "three", group);
  const listed = await chats();
  expect(listed.map(({ id }) => id).toSorted()).toEqual([alice.lid, bob.lid, group.jid].toSorted());
  const { jid: id } = group;
  expect(await chat(id)).toMatchObject({ id, pn: null, lid: null, kind: "GROUP", name: null });
  expect(await chat(alice.lid)).toMatchObject({
    id: alice.lid,
    pn: alice.jid,
    lid: alice.lid,
    kind: "DIRECT",
    name: "Alice",
    unreadCount: 2,
    lastMessage: { text: "two", kind: "TEXT", sender: { name: "Alice" } },
  });
  expect(await chat(bob.lid)).toMatchObject({ pn: bob.jid, name: "Bob", unreadCount: 1 });
  const { activeAt, lastMessageAt, lastMessage } = await chat(alice.lid);
  expect([activeAt, lastMessage?.timestamp]).toEqual([lastMessageAt, lastMessageAt]);
});

test("a chat is found by either name of the person, and is one whichever a message came by", async () => {
  await alice.send(ME, { text: "by number" }, { addressing: "pn" });
  await alice.send(ME, { text: "by LID" }, { addressing: "lid" });
  await hears(alice, "and again");
  expect(await chat(alice.jid)).toEqual(await chat(alice.lid));
  expect((await chats()).filter(({ name }) => name === "Alice")).toHaveLength(1);
});

test("whoever writes has read what is above: through the API and on the phone", async () => {
  await hears(alice, "are you there?");
  expect(await unread(alice.lid)).toBeGreaterThan(0);
  await sends(ALICE, "yes");
  expect(await chat(alice.lid)).toMatchObject({
    unreadCount: 0,
    lastMessage: { text: "yes", fromMe: true },
  });
  await hears(alice, "good");
  expect(await unread(alice.lid)).toBe(1);
  const { id } = await me.send(ALICE, { text: "from the phone" });
  await gateway.event("me", "message.sent", ({ data }) => data.message?.id === id);
  expect(await chat(alice.lid)).toMatchObject({ unreadCount: 0, lastMessage: { id } });
});

test("what the phone has read is not unread, and is told once", async () => {
  const ids = [await hears(alice, "a"), await hears(alice, "b"), await hears(alice, "c")];
  expect(await unread(alice.lid)).toBe(3);
  await me.receipt({ to: ALICE, ids: ids.slice(0, 2), type: "read" });
  const { data } = await gateway.event("me", "chat.update");
  expect(data).toEqual({
    whileOffline: false,
    chat: { id: alice.lid, pn: alice.jid, lid: alice.lid },
    unreadCount: 1,
    archived: null,
    pinned: null,
    muted: null,
    mutedUntil: null,
    markedUnread: null,
    cleared: false,
    deleted: false,
  });
  expect(await unread(alice.lid)).toBe(1);
  // Again, and then all of it: between the two nothing is told.
  await me.receipt({ to: ALICE, ids: ids.slice(0, 2), type: "read" });
  await me.receipt({ to: ALICE, ids: ids.slice(2), type: "read", private: true });
  await gateway.event("me", "chat.update", (event) => event.data["unreadCount"] === 0);
  expect(await gateway.events("me", "chat.update")).toHaveLength(2);
  expect(await unread(alice.lid)).toBe(0);
});

test("what is read in a group counts for the group", async () => {
  const before = await unread(group.jid);
  const id = await hears(bob, "everybody?", group);
  await hears(alice, "here", group);
  expect(await unread(group.jid)).toBe(before + 2);
  await me.receipt({ to: BOB, ids: [id], type: "read", chat: group.jid });
  await gateway.event("me", "chat.update", ({ data }) => data["unreadCount"] === 1);
  expect(await unread(group.jid)).toBe(1);
  expect(await unread(alice.lid)).toBe(0);
});

test("a receipt of somebody else reads nothing here", async () => {
  await hears(alice, "still unread");
  await sends(BOB, "read this");
  const sent = bob.received.at(-1);
  await bob.receipt({ to: ME, ids: [sent?.id ?? ""], type: "read" });
  await gateway.event("me", "message.status", ({ data }) => data["status"] === "READ");
  expect(await unread(alice.lid)).toBe(1);
});

test("a group is called what it was told to be called", async () => {
  await gateway.wa.changeGroup(group, { by: ALICE, subject: "All of us" });
  await gateway.event("me", "group.update");
  expect(await chat(group.jid)).toMatchObject({ name: "All of us", kind: "GROUP" });
  await hears(alice, "what a name", group);
  expect(await chat(group.jid)).toMatchObject({ name: "All of us" });
});

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ChatFilter) {
  chats(instanceId: "me", first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    edges { cursor node { id unreadCount kind } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface ChatPage {
  readonly edges: readonly { readonly cursor: string; readonly node: ShownChat }[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

async function page(variables: Readonly<Record<string, unknown>>): Promise<ChatPage> {
  return (await gateway.graphql<{ chats: ChatPage }>(PAGE, variables)).chats;
}

const idsOf = ({ edges }: ChatPage): readonly string[] => edges.map(({ node }) => node.id);

test("chats are paged both ways, and a chat that moves up while one pages is not lost from its place", async () => {
  const all = idsOf(await page({}));
  expect(all).toHaveLength(3);
  const first = await page({ first: 1 });
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = await page({ first: 1, after: first.pageInfo["endCursor"] });
  const last = await page({ last: 1 });
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const before = await page({ last: 1, before: last.pageInfo["startCursor"] });
  expect([idsOf(first), idsOf(second), idsOf(last)].flat()).toEqual(all);
  expect(idsOf(before)).toEqual(idsOf(second));

  const moved = first.edges[0]?.node.id === alice.lid ? bob : alice;
  await hears(moved, "up");
  const after = await page({ after: first.pageInfo["endCursor"] });
  expect(idsOf(after)).not.toContain(first.edges[0]?.node.id);
});

test("chats are filtered by kind and by what is unread", async () => {
  expect(idsOf(await page({ filter: { kinds: ["GROUP"] } }))).toEqual([group.jid]);
  expect((await chats("?kind=DIRECT")).map(({ kind }) => kind)).toEqual(["DIRECT", "DIRECT"]);
  await sends(ALICE, "all read");
  const [withUnread, without] = [await chats("?unread=true"), await chats("?unread=false")];
  expect(without.map(({ id }) => id)).toContain(alice.lid);
  expect(withUnread.every(({ unreadCount }) => unreadCount > 0)).toBe(true);
  expect(withUnread.length + without.length).toBe(3);
});

test("a chat's messages are those of both its names, by pages", async () => {
  const path = `/instances/me/chats/${encodeURIComponent(alice.jid)}/messages`;
  const first = await gateway.get<readonly ShownMessage[]>(`${path}?limit=2`);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await gateway.get<readonly ShownMessage[]>(next);
  const { body } = await gateway.get<readonly ShownMessage[]>(`${path}?limit=4`);
  expect([...first.body, ...second.body]).toEqual(body);
  expect(body[0]).toMatchObject({ text: "all read", chat: { id: alice.lid } });
});

async function code(path: string): Promise<readonly [number, string]> {
  const { status, body } = await gateway.get<{ error: { code: string } }>(path);
  return [status, body.error.code];
}

test("what is not there is told with a code", async () => {
  expect(await code("/instances/nobody/chats")).toEqual([404, "INSTANCE_NOT_FOUND"]);
  expect(await code("/instances/me/chats/nobody@lid")).toEqual([404, "CHAT_NOT_FOUND"]);
  expect(await code("/instances/me/chats/nobody@lid/messages")).toEqual([404, "CHAT_NOT_FOUND"]);
  expect(await code("/instances/me/chats?after=W10")).toEqual([400, "CURSOR_INVALID"]);
  expect(await code("/instances/me/chats?unread=perhaps")).toEqual([400, "BAD_INPUT"]);
});

test("they are as they were after a restart, and gone with the instance", async () => {
  const before = await chats();
  await gateway.restart();
  expect(await chats()).toEqual(before);
  await gateway.reaches("me", "OPEN");
  await gateway.delete("/instances/me");
  await gateway.post("/instances", { instanceId: "me" });
  expect(await chats()).toEqual([]);
});
