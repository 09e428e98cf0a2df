import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { PastChat } from "../simulator/history/past.ts";
import { callsTo } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { startProcess } from "./support/processes.ts";
import type { ShownMessage } from "./support/shown.ts";
import { migratedDir } from "./support/temp-database.ts";

const ALICE = "5511999990002";
const BOB = "5511999990003";
const LONG_AGO = 1_700_000_000;

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  await gateway.wa.account(BOB, { name: "Bob" });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

/** A chat of so many messages, one a minute, every third written by the account itself. */
function chatWith(
  other: string,
  me: string,
  count: number,
  more: Partial<PastChat> = {},
): PastChat {
  const messages = Array.from({ length: count }, (_, at) => ({
    id: `OLD${other.slice(-4)}${at}`,
    from: at % 3 === 0 ? me : other,
    text: `old ${at}`,
    at: LONG_AGO + 60 * at,
  }));
  return { with: other, messages, ...more };
}

interface Progress {
  readonly phase: string;
  readonly percent: number | null;
  readonly chats: number;
  readonly contacts: number;
  readonly messages: number;
}

const historyOf = async (id: string, where = gateway) =>
  (
    await where.graphql<{ instance: { history: Progress | null } }>(
      `{ instance(id: "${id}") { history { phase percent chats contacts messages } } }`,
    )
  ).instance.history;

/** Resolves once all that the phone hands over by itself is stored. */
async function synced(id: string, where = gateway): Promise<void> {
  await where.event(id, "history.sync", ({ data }) => {
    const { phase, percent } = data["progress"] as Progress;
    return phase === "RECENT" && percent === 100;
  });
}

async function messagesOf(id: string, chat: string, where = gateway) {
  const { instance } = await where.graphql<{
    instance: { messages: { edges: readonly { node: ShownMessage }[] } };
  }>(
    `query ($chat: ID!) { instance(id: "${id}") { messages(first: 200, chatId: $chat) { edges { node {
      id fromMe status timestamp chat { id pn lid } sender { id pn lid name } ... on TextMessage { text } } } } } }`,
    { chat },
  );
  return instance.messages.edges.map(({ node }) => node);
}

test("what the phone has from before is stored when it is linked, without an event for each", async () => {
  const phone = "5511977770001";
  const account = await gateway.wa.account(phone);
  const group = await gateway.wa.group({
    subject: "old friends",
    participants: [phone, ALICE, BOB],
  });
  await account.remember(
    [
      chatWith(ALICE, phone, 60, { unreadCount: 2 }),
      chatWith(BOB, phone, 3),
      {
        with: group.jid,
        subject: "old friends",
        messages: [{ id: "OLDGROUP", from: BOB, text: "in the group", at: LONG_AGO }],
      },
    ],
    { [ALICE]: "Alice of old", [BOB]: "Bob" },
  );
  await gateway.linked("past", phone);
  await synced("past");

  const withAlice = await messagesOf("past", alice.lid);
  expect(withAlice).toHaveLength(60);
  expect(withAlice[0]).toMatchObject({
    text: "old 59",
    fromMe: false,
    chat: { id: alice.lid, pn: alice.jid, lid: alice.lid },
    sender: { id: alice.lid, pn: alice.jid },
    timestamp: new Date((LONG_AGO + 59 * 60) * 1_000).toISOString(),
  });
  // By the other name as well, and what the account wrote itself has come as far as the phone says.
  expect(await messagesOf("past", alice.jid)).toHaveLength(60);
  expect(withAlice.find(({ text }) => text === "old 57")).toMatchObject({
    fromMe: true,
    status: "READ",
  });
  const [inGroup] = await messagesOf("past", group.jid);
  expect(inGroup).toMatchObject({ text: "in the group", sender: { pn: `${BOB}@s.whatsapp.net` } });

  expect(await historyOf("past")).toEqual({
    phase: "RECENT",
    percent: 100,
    chats: 3,
    contacts: 2,
    messages: 64,
  });
  expect(await gateway.events("past", "message.*")).toHaveLength(0);
  expect(await gateway.events("past", "contact.update")).toHaveLength(0);
  const { body } =
    await gateway.get<readonly { id: string; name: string | null; unreadCount: number }[]>(
      "/instances/past/chats",
    );
  const chats = JSON.stringify(body);
  expect(chats).toContain("old friends");
  expect(chats).toContain('"unreadCount":2');
  const contacts = JSON.stringify((await gateway.get("/instances/past/contacts")).body);
  expect(contacts).toContain("Alice of old");
  // What the phone writes from now on comes as ever.
  await account.send(ALICE, { text: "from the phone" });
  await gateway.event(
    "past",
    "message.sent",
    ({ data }) => data.message?.text === "from the phone",
  );
  // It is searched like everything else.
  const found = await gateway.get(`/instances/past/messages?text=${encodeURIComponent("group")}`);
  expect(JSON.stringify(found.body)).toContain("in the group");
});

test("what came live is not stored twice, and a name that is known is newer", async () => {
  const phone = "5511977770002";
  const account = await gateway.wa.account(phone);
  await gateway.linked("first", phone);
  const { id } = await alice.send(phone, { text: "live" });
  await gateway.event("first", "message.received", ({ data }) => data.message?.id === id);
  const sent = await gateway.post<{ messageId: string }>("/instances/first/sendMessage", {
    to: ALICE,
    message: "answered",
  });
  expect(sent.status).toBe(200);
  // The same phone is linked anew: it tells what has been said meanwhile.
  await gateway.post("/instances/first/logout");
  await gateway.reaches("first", "LOGGED_OUT");
  const at = Math.floor(Date.now() / 1000);
  await account.remember(
    [
      {
        with: ALICE,
        messages: [
          { id, from: ALICE, text: "live", at },
          { id: sent.body.messageId, from: phone, text: "answered", at },
          { id: "OLDER", from: ALICE, text: "older", at: LONG_AGO },
        ],
      },
    ],
    { [ALICE]: "Alice of old" },
  );
  const { body } = await gateway.get<{ qr: string }>("/instances/first/qr");
  await account.link(body);
  await synced("first");
  const messages = await messagesOf("first", alice.lid);
  expect(messages.map(({ text }) => text)).toEqual(
    expect.arrayContaining(["live", "answered", "older"]),
  );
  expect(messages).toHaveLength(3);
  expect(await historyOf("first")).toMatchObject({ chats: 0, contacts: 0, messages: 1 });
  const contacts = JSON.stringify((await gateway.get("/instances/first/contacts")).body);
  expect(contacts).toContain('"Alice"');
  expect(contacts).not.toContain("Alice of old");
});

test("a phone that names its chats by LID", async () => {
  const phone = "5511977770003";
  const account = await gateway.wa.account(phone, { addressing: "lid" });
  await account.remember([chatWith(BOB, phone, 12)]);
  await gateway.linked("hidden", phone);
  await synced("hidden");
  const [newest, ...others] = await messagesOf("hidden", `${BOB}@s.whatsapp.net`);
  expect(others).toHaveLength(11);
  expect(newest?.chat).toMatchObject({ pn: `${BOB}@s.whatsapp.net` });
});

test("what cannot be had is said, and holds up nothing", async () => {
  const phone = "5511977770004";
  const account = await gateway.wa.account(phone);
  await account.remember([chatWith(ALICE, phone, 5)]);
  await gateway.post("/instances", { instanceId: "gone" });
  const { body } = await gateway.get<{ qr: string }>("/instances/gone/qr");
  // The phone has uploaded it, and WhatsApp has lost it, before the gateway reads it.
  const lost = setInterval(() => gateway.wa.expireMedia(), 1);
  await account.link(body);
  const told = await gateway.event("gone", "history.sync", ({ data }) => data["trouble"] !== null);
  clearInterval(lost);
  expect(told.data["trouble"]).toContain("does not keep");
  await alice.send(phone, { text: "goes on" });
  await gateway.event("gone", "message.received", ({ data }) => data.message?.text === "goes on");
});

test("a history that was confirmed outlives a kill", { timeout: 90_000 }, async () => {
  const phone = "5511977770005";
  const account = await gateway.wa.account(phone);
  await account.remember([chatWith(ALICE, phone, 50)]);
  using dir = await migratedDir();
  const env = { DATA_DIR: dir.path, WHATSAPP_URL: gateway.wa.url };
  await using first = await startProcess(env);
  const calls = callsTo(first.url);
  await calls.post("/instances", { instanceId: "kept" });
  // Its media hosts are away, so that what is handed over is confirmed and not read.
  gateway.wa.fault({ kind: "mediaError" });
  await account.link((await calls.get<{ qr: string }>("/instances/kept/qr")).body);
  await expect.poll(() => gateway.wa.stats["refusedDownloads"] ?? 0).toBeGreaterThan(0);
  first.signal("SIGKILL");
  await first.exited;
  gateway.wa.clearFaults();
  await using other = await startTestGateway({ wa: gateway.wa, dataDir: dir.path });
  await synced("kept", other);
  expect(await messagesOf("kept", alice.lid, other)).toHaveLength(50);
  expect(await historyOf("kept", other)).toMatchObject({ messages: 50, chats: 1, contacts: 1 });
});
