import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, Group } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let me: Account;
let zoe: Account;
let alvaro: Account;
let nameless: Account;
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  zoe = await gateway.wa.account("5511999990002", { name: "Zoë" });
  alvaro = await gateway.wa.account("5511999990003", { name: "ÁLVARO", addressing: "lid" });
  nameless = await gateway.wa.account("442079460000");
  group = await gateway.wa.group({ subject: "Us", participants: [zoe.phone, alvaro.phone, ME] });
  await hears(zoe, ME);
  await hears(alvaro, group);
  await gateway.post("/instances/me/sendMessage", { to: nameless.phone, message: "hello" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface ShownContact {
  readonly id: string;
  readonly pn: string | null;
  readonly lid: string | null;
  readonly pushName: string | null;
  readonly lastSeenAt: string | null;
}

async function hears(from: Account, to: string | Group): Promise<string> {
  const { id } = await from.send(to, { text: "hello" });
  const match = (event: { readonly data: { readonly message?: { readonly id: string } } }) =>
    event.data.message?.id === id;
  const { timestamp } = await gateway.event("me", "message.received", match);
  return timestamp;
}

const contacts = async (query = ""): Promise<readonly ShownContact[]> =>
  (await gateway.get<readonly ShownContact[]>(`/instances/me/contacts${query}`)).body;
const namesFor = async (search: string): Promise<readonly unknown[]> =>
  (await contacts(`?search=${encodeURIComponent(search)}`)).map(({ pn }) => pn);

test("contacts are who wrote, here or in a group, and who was written to; each once, in order", async () => {
  const at = await hears(zoe, group);
  const found = await contacts();
  expect(found).toMatchObject([
    { pn: nameless.jid, pushName: null, lastSeenAt: null },
    { id: alvaro.lid, pn: alvaro.jid, lid: alvaro.lid, pushName: "ÁLVARO" },
    { id: zoe.lid, pn: zoe.jid, lid: zoe.lid, pushName: "Zoë", lastSeenAt: at },
  ]);
  expect(found[1]?.lastSeenAt).not.toBeNull();
});

test("they are found by a part of the name, whatever its accents and case, and by the number however it is written", async () => {
  expect(await namesFor("alvaro")).toEqual([alvaro.jid]);
  expect(await namesFor("ZOÉ")).toEqual([zoe.jid]);
  expect(await namesFor("lvá")).toEqual([alvaro.jid]);
  expect(await namesFor("+44 20 7946")).toEqual([nameless.jid]);
  expect(await namesFor("99999-0002")).toEqual([zoe.jid]);
  expect(await namesFor("%")).toEqual([]);
  expect(await namesFor("' OR 1=1 --")).toEqual([]);
  const { status, body } = await gateway.get<{ error: { code: string } }>(
    `/instances/me/contacts?search=${"a".repeat(101)}`,
  );
  expect([status, body.error.code]).toEqual([400, "BAD_INPUT"]);
});

interface Page {
  readonly contacts: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly pn: string } }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string;
      readonly endCursor: string;
    };
  };
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $search: String) {
  contacts(instanceId: "me", first: $first, after: $after, last: $last, before: $before, search: $search) {
    edges { cursor node { pn } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function page(variables: Readonly<Record<string, unknown>>): Promise<Page["contacts"]> {
  return (await gateway.graphql<Page>(PAGE, variables)).contacts;
}

test("they are paged both ways", async () => {
  const first = await page({ first: 2 });
  expect(first.edges.map(({ node }) => node.pn)).toEqual([nameless.jid, alvaro.jid]);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const rest = await page({ first: 2, after: first.pageInfo.endCursor });
  expect(rest.edges.map(({ node }) => node.pn)).toEqual([zoe.jid]);
  expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const last = await page({ last: 1, before: rest.pageInfo.startCursor });
  expect(last.edges.map(({ node }) => node.pn)).toEqual([alvaro.jid]);
  expect(last.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  const searched = await page({ first: 1, search: "55119" });
  expect(searched.edges.map(({ node }) => node.pn)).toEqual([alvaro.jid]);
  expect(searched.pageInfo.hasNextPage).toBe(true);
});

test("a new name is told, and both names of the list follow", async () => {
  await zoe.rename("Zoé Q.");
  await hears(zoe, ME);
  const { data } = await gateway.event("me", "contact.update");
  const contact = { id: zoe.lid, pn: zoe.jid, lid: zoe.lid, name: "Zoé Q." };
  expect(data).toEqual({ whileOffline: false, contact, previousName: "Zoë" });
  expect(await namesFor("zoe q")).toEqual([zoe.jid]);
  const { body } = await gateway.get(`/instances/me/chats/${encodeURIComponent(zoe.jid)}`);
  expect(body).toMatchObject({ name: "Zoé Q." });
});

test("the account itself is no contact of its own", async () => {
  await me.send(ME, { text: "a note to myself" });
  await gateway.event(
    "me",
    "message.sent",
    ({ data }) => data.message?.text === "a note to myself",
  );
  expect(await contacts()).toHaveLength(3);
  const { body } = await gateway.get<readonly { readonly pn: string }[]>("/instances/me/chats");
  expect(body.map(({ pn }) => pn)).toContain(me.jid);
});
