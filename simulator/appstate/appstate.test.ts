import { proto } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { childNamed, childrenNamed } from "../protocol/nodes.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002@s.whatsapp.net";

async function startLinked() {
  const wa = await startSimulator();
  const me = await wa.account(ME);
  const client = await Client.linked(wa, me);
  await expect.poll(() => client.creds.myAppStateKeyId).toBeDefined();
  return { wa, me, client };
}

test("what a linked device does the phone sees, with checksums that are right", async () => {
  const { wa, me, client } = await startLinked();
  await using _wa = wa;
  await using _client = client;
  await client.socket.chatModify({ pin: true }, ALICE);
  await client.socket.chatModify({ mute: 4_102_444_800_000 }, ALICE);
  await client.socket.chatModify({ pin: false }, ALICE);
  const seen = () => me.agreed.map(({ index }) => index.join(" "));
  await expect.poll(seen).toEqual([`mute ${ALICE}`, `pin_v1 ${ALICE}`]);
  expect(me.agreed[1]?.action.pinAction?.pinned).toBe(false);
  expect(me.unreadable).toBe(0);
});

test("what the phone or another device does a device is told of", async () => {
  const { wa, me, client } = await startLinked();
  await using _wa = wa;
  await using _client = client;
  await using other = await Client.linked(wa, me);
  await expect.poll(() => other.creds.myAppStateKeyId).toBeDefined();
  const heard: object[] = [];
  for (const each of [client, other]) {
    each.socket.ev.on("chats.update", (updates) => heard.push(...updates));
  }
  // Stock clients fetch snapshots from WhatsApp's own hosts, so they begin with nothing.
  await client.socket.resyncAppState(["regular_low"], false);
  await other.socket.resyncAppState(["regular_low"], false);
  await client.socket.chatModify({ pin: true }, ALICE);
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(1);
});

test("a patch that was made on an old version is refused, and the newer ones come with it", async () => {
  const { wa, me, client } = await startLinked();
  await using _wa = wa;
  await using _client = client;
  await me.act({ archive: true, chat: ALICE });
  const sent = await push(client, "0");
  expect(sent?.attrs).toMatchObject({ name: "regular_low", type: "error" });
  expect(childNamed(sent, "error")?.attrs).toEqual({ code: "409", text: "conflict" });
  expect(childrenNamed(childNamed(sent, "patches"), "patch")).toHaveLength(1);
  wa.fault({ kind: "syncError", code: 400, phone: ME });
  const refused = await push(client, "1");
  expect(childNamed(refused, "error")?.attrs["code"]).toBe("400");
  expect((await push(client, "1"))?.attrs).toEqual({ name: "regular_low", version: "2" });
  // Nobody can read what was written there, and the phone says so.
  await expect.poll(() => me.unreadable).toBeGreaterThan(0);
});

async function push({ socket }: Client, version: string) {
  const patch = proto.SyncdPatch.encode({
    mutations: [],
    snapshotMac: Buffer.alloc(32),
    patchMac: Buffer.alloc(32),
    keyId: { id: Buffer.alloc(6) },
  }).finish();
  const content = [{ tag: "patch", attrs: {}, content: patch }];
  const collection = { tag: "collection", attrs: { name: "regular_low", version }, content };
  const answer: unknown = await socket.query({
    tag: "iq",
    attrs: { to: "s.whatsapp.net", type: "set", xmlns: "w:sync:app:state" },
    content: [{ tag: "sync", attrs: {}, content: [collection] }],
  });
  return childNamed(childNamed(answer as never, "sync"), "collection");
}

test("over HTTP a phone acts, and shows what holds", async () => {
  await using wa = await startSimulator();
  await wa.account(ME);
  const url = `${wa.controlUrl}/accounts/${ME}/agreed`;
  const act = async (body: object) => {
    const headers = { "content-type": "application/json" };
    return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).status;
  };
  const message = { chat: ALICE, id: "3EB0" };
  const actions = [
    { archive: true, chat: ALICE },
    { pin: true, chat: ALICE },
    { mute: -1, chat: ALICE },
    { markRead: false, chat: ALICE },
    { clear: { upTo: 1 }, chat: ALICE },
    { deleteChat: { upTo: 1 }, chat: ALICE },
    { star: true, ...message },
    { deleteForMe: true, ...message },
    { label: { id: "1", name: "New", color: 2 } },
    { chatLabel: "1", labeled: true, chat: ALICE },
    { messageLabel: "1", labeled: true, ...message },
    { contact: { fullName: "Alice A." }, chat: ALICE },
    { pushName: "Me" },
  ];
  for (const action of actions) expect(await act(action)).toBe(204);
  const shown = async () => (await (await fetch(url)).json()) as { index: string[] }[];
  expect((await shown()).map(({ index }) => index[0])).toEqual([
    "archive",
    "pin_v1",
    "mute",
    "markChatAsRead",
    "clearChat",
    "deleteChat",
    "star",
    "deleteMessageForMe",
    "label_edit",
    "label_jid",
    "label_message",
    "contact",
    "setting_pushName",
  ]);
  expect(await act({ contact: null, chat: ALICE })).toBe(204);
  expect(await shown()).toHaveLength(actions.length - 1);
  expect(await act({ dance: true })).toBe(400);
});
