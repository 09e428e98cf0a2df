import { DisconnectReason } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { type Simulator, startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

async function pair(wa: Simulator) {
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  return { me, alice, client: await Client.linked(wa, me) };
}

test("drop closes the sockets of one account only", async () => {
  await using wa = await startSimulator();
  const { client, alice } = await pair(wa);
  await using _client = client;
  await using other = await Client.linked(wa, alice);
  const closed = client.closed();
  wa.fault({ kind: "drop", phone: ME });
  expect(await closed).toBe(DisconnectReason.connectionClosed);
  expect(alice.devices()).toMatchObject([{ device: 1, online: true }]);
  expect(other.socket.ws.isOpen).toBe(true);
});

test("silence holds everything and lets it flow afterwards", async () => {
  await using wa = await startSimulator();
  const { client, alice } = await pair(wa);
  await using _client = client;
  await client.socket.sendMessage(alice.jid, { text: "sessions are open" });
  await alice.waitFor(() => true);
  wa.fault({ kind: "silence", phone: ME });
  await client.socket.sendMessage(alice.jid, { text: "into the void" });
  await alice.send(ME, { text: "unheard" });
  await expect(alice.waitFor(({ text }) => text === "into the void", 50)).rejects.toMatchObject({
    code: "TIMEOUT",
  });
  expect(client.texts()).not.toContain("unheard");
  wa.clearFaults();
  await alice.waitFor(({ text }) => text === "into the void");
  await expect.poll(() => client.texts()).toContain("unheard");

  wa.fault({ kind: "silence", phone: ME, ms: 60 });
  const start = performance.now();
  await alice.send(ME, { text: "late" });
  await expect.poll(() => client.texts()).toContain("late");
  expect(performance.now() - start).toBeGreaterThan(50);
});

test("slow delays every answer and keeps the order", async () => {
  await using wa = await startSimulator();
  const { client, alice } = await pair(wa);
  await using _client = client;
  wa.fault({ kind: "slow", phone: ME, ms: 100 });
  const start = performance.now();
  for (const text of ["a", "b", "c"]) await alice.send(ME, { text });
  await expect.poll(() => client.texts()).toEqual(["a", "b", "c"]);
  expect(performance.now() - start).toBeGreaterThan(95);
});

test("queryError answers as many questions as asked with its code, and pings as ever", async () => {
  await using wa = await startSimulator();
  const { client } = await pair(wa);
  await using _client = client;
  // What a client asks by itself after a login is over.
  const { jid } = await wa.group({ subject: "Us", participants: [ME] });
  await client.socket.groupMetadata(jid);
  wa.fault({ kind: "queryError", phone: ALICE });
  wa.fault({ kind: "queryError", phone: ME, code: 503 });
  await expect(client.socket.groupMetadata(jid)).rejects.toMatchObject({ data: 503 });
  expect((await client.socket.groupMetadata(jid)).id).toBe(jid);
});

test("ackError rejects as many messages as asked and delivers none of them", async () => {
  await using wa = await startSimulator();
  const { client, alice } = await pair(wa);
  await using _client = client;
  wa.fault({ kind: "ackError", phone: ME, code: 463, count: 2 });
  for (const text of ["1", "2", "3"]) await client.socket.sendMessage(alice.jid, { text });
  await alice.waitFor(({ text }) => text === "3");
  expect(alice.received.map(({ text }) => text)).toEqual(["3"]);
  const errors = () =>
    client.stanzas
      .filter(({ tag, attrs }) => tag === "ack" && attrs["class"] === "message")
      .map(({ attrs }) => attrs["error"]);
  await expect.poll(errors).toEqual(["463", "463", undefined]);
  expect(wa.stats).toMatchObject({ messagesRejected: 2, messagesAccepted: 1 });
});

test("badFrame sends what cannot be decrypted", async () => {
  await using wa = await startSimulator();
  const { client } = await pair(wa);
  await using _client = client;
  const closed = client.closed();
  wa.fault({ kind: "badFrame", phone: ME });
  expect(await closed).toBeTypeOf("number");
});

test("conflict and streamError close with their codes", async () => {
  await using wa = await startSimulator();
  const { client } = await pair(wa);
  await using _client = client;
  const replaced = client.closed();
  wa.fault({ kind: "conflict", phone: ME });
  expect(await replaced).toBe(DisconnectReason.connectionReplaced);
  const opened = client.opened();
  client.connect();
  await opened;
  const failed = client.closed();
  wa.fault({ kind: "streamError", phone: ME, code: 503 });
  expect(await failed).toBe(DisconnectReason.unavailableService);
});

test("refuseUpgrade answers HTTP instead of opening a socket, once unless told otherwise", async () => {
  await using wa = await startSimulator();
  const { client } = await pair(wa);
  await using _client = client;
  const dropped = client.closed();
  wa.fault({ kind: "refuseUpgrade", code: 429 });
  wa.fault({ kind: "drop" });
  await dropped;
  const refused = client.next(({ lastDisconnect }) => lastDisconnect?.error?.message);
  client.connect();
  expect(await refused).toBe("upgrade refused with 429");
  const opened = client.opened();
  client.connect();
  await opened;
});

test("noDelivery withholds delivered receipts, the message still arrives", async () => {
  await using wa = await startSimulator();
  const { client, alice } = await pair(wa);
  await using _client = client;
  const delivered = () => client.stanzas.filter(({ tag }) => tag === "receipt").length;
  wa.fault({ kind: "noDelivery", phone: ALICE });
  await client.socket.sendMessage(alice.jid, { text: "ticked once" });
  await alice.waitFor(({ text }) => text === "ticked once");
  expect(delivered()).toBe(0);
  wa.clearFaults();
  await client.socket.sendMessage(alice.jid, { text: "ticked twice" });
  await expect.poll(delivered).toBe(1);
});

test("a fault for another account, or one that is used up, hits nobody", async () => {
  await using wa = await startSimulator();
  const { client, alice } = await pair(wa);
  await using _client = client;
  wa.fault({ kind: "ackError", phone: ALICE });
  wa.fault({ kind: "ackError", phone: ME, count: 0 });
  wa.fault({ kind: "loseReceipts", phone: ME, ms: 0 });
  await client.socket.sendMessage(alice.jid, { text: "through" });
  await alice.waitFor(({ text }) => text === "through");
  expect(wa.stats).toMatchObject({ messagesRejected: 0, lostReceipts: 0 });
});
