import type { BinaryNode } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("an unconfirmed message comes again at the next login, byte for byte", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  wa.fault({ kind: "loseReceipts", phone: ME });
  const { id } = await alice.send(ME, { text: "hold on" });
  await expect.poll(() => wa.stats["lostReceipts"]).toBe(1);
  wa.clearFaults();

  const closed = client.closed();
  wa.fault({ kind: "drop", phone: ME });
  await closed;
  client.connect();
  await expect.poll(() => copies(client, id).length).toBe(2);
  const [first, second] = copies(client, id);
  expect(second?.attrs).toEqual({ ...first?.attrs, offline: "0" });
  expect(second?.content).toEqual(first?.content);
});

test("messages wait while the client is away, in order, and only until they are confirmed", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const closed = client.closed();
  wa.fault({ kind: "drop" });
  await closed;
  expect(me.devices()).toMatchObject([{ device: 1, online: false }]);
  await alice.send(ME, { text: "first" });
  await alice.send(ME, { text: "second" });
  client.connect();
  await expect.poll(() => client.texts()).toEqual(["first", "second"]);
  expect(client.messages.map(({ type }) => type)).toEqual(["append", "append"]);
  expect(offlineCounts(client)).toEqual(["0", "2"]);

  await expect.poll(() => wa.stats["receipts"]).toBe(2);
  const again = client.closed();
  wa.fault({ kind: "drop" });
  await again;
  const opened = client.opened();
  client.connect();
  await opened;
  await expect.poll(() => offlineCounts(client)).toEqual(["0", "2", "0"]);
});

test("a second copy of an id is acknowledged and counted, but shown once", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const messageId = "3EB0C0FFEE";
  const acks = () =>
    client.stanzas.filter(({ tag, attrs }) => tag === "ack" && attrs["id"] === messageId);
  for (const copy of [1, 2]) {
    await client.socket.relayMessage(alice.jid, { conversation: "once" }, { messageId });
    await expect.poll(() => acks().length).toBe(copy);
  }
  await client.socket.sendMessage(alice.jid, { text: "after" });
  await alice.waitFor(({ text }) => text === "after");
  expect(alice.received.map(({ text }) => text)).toEqual(["once", "after"]);
  expect(wa.stats).toMatchObject({ messagesAccepted: 2, duplicates: 1 });
});

function copies(client: Client, id: string): BinaryNode[] {
  return client.stanzas.filter(({ tag, attrs }) => tag === "message" && attrs["id"] === id);
}

function offlineCounts(client: Client): (string | undefined)[] {
  return client.stanzas.flatMap(({ tag, content }) => {
    const child = tag === "ib" && Array.isArray(content) ? content[0] : undefined;
    return child?.tag === "offline" ? [child.attrs["count"]] : [];
  });
}
