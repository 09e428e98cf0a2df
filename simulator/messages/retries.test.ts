import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("a client that cannot read a message asks for it and gets it under the same id", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  wa.fault({ kind: "undecryptable", phone: ME });
  const { id } = await alice.send(ME, { text: "mind the noise" });
  await expect.poll(() => client.texts()).toContain("mind the noise");
  expect(wa.stats).toMatchObject({ retries: 1 });
  const counts = client.stanzas
    .filter(({ tag, attrs }) => tag === "message" && attrs["id"] === id)
    .map(({ content }) => (Array.isArray(content) ? content[0]?.attrs["count"] : "none"));
  expect(counts).toEqual([undefined, "1"]);
  await alice.send(ME, { text: "clear again" });
  await expect.poll(() => client.texts()).toContain("clear again");
});

test("a client that lost its sessions asks with keys and gets a fresh session", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  await alice.send(ME, { text: "before" });
  await expect.poll(() => client.texts()).toEqual(["before"]);
  await client.socket.sendMessage(alice.jid, { text: "now both sides have ratcheted" });
  await alice.waitFor(() => true);
  await alice.send(ME, { text: "still fine" });
  await expect.poll(() => client.texts()).toContain("still fine");

  await client.keys.set({ session: { [address(client, alice.lid)]: null } });
  await alice.send(ME, { text: "after the loss" });
  await expect.poll(() => client.texts()).toContain("after the loss");
  expect(wa.stats["retries"]).toBeGreaterThanOrEqual(1);
});

test("a phone that cannot read a message asks for it and shows it once", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  const sent = new Map<string, string>();
  await using client = await Client.linked(wa, me, async ({ id }) => ({
    conversation: sent.get(id ?? "") ?? "",
  }));
  await client.socket.sendMessage(alice.jid, { text: "one" });
  await alice.waitFor(({ text }) => text === "one");

  // Turning the ratchet back makes the next message use a key that was used before.
  const session = address(client, alice.lid);
  const before = await client.keys.get("session", [session]);
  await client.socket.sendMessage(alice.jid, { text: "two" });
  await alice.waitFor(({ text }) => text === "two");
  await client.keys.set({ session: before });
  const messageId = "3EB0DEADBEEF";
  sent.set(messageId, "three");
  await client.socket.relayMessage(alice.jid, { conversation: "three" }, { messageId });

  await expect(alice.waitFor(({ text }) => text === "three")).resolves.toMatchObject({
    id: messageId,
  });
  expect(wa.stats).toMatchObject({ undecryptable: 1, duplicates: 0 });
  await client.socket.sendMessage(alice.jid, { text: "four" });
  await alice.waitFor(({ text }) => text === "four");
  expect(alice.received.map(({ text }) => text)).toEqual(["one", "two", "three", "four"]);
});

test("a client asks another client again", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using mine = await Client.linked(wa, me, async () => ({ conversation: "hello" }));
  await using hers = await Client.linked(wa, alice);
  wa.fault({ kind: "undecryptable", phone: ALICE });
  await mine.socket.sendMessage(alice.jid, { text: "hello" });
  await expect.poll(() => hers.texts()).toContain("hello");
  expect(wa.stats).toMatchObject({ retries: 1, duplicates: 0 });
});

function address(client: Client, jid: string): string {
  return client.socket.signalRepository.jidToSignalProtocolAddress(jid);
}
