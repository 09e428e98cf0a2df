import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

test("a phone confirms delivery by itself, and reading and playing on demand", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  for (const jid of [alice.jid, alice.lid]) {
    const ids: string[] = [];
    for (const text of ["one", "two"]) {
      const sent = await client.socket.sendMessage(jid, { text });
      ids.push(sent?.key.id ?? "");
      await alice.waitFor(({ id }) => id === ids.at(-1));
    }
    await expect
      .poll(() => receipts(client, jid))
      .toContainEqual({ type: undefined, ids: [ids[1]] });
    await alice.receipt({ to: ME, ids, type: "read" });
    await alice.receipt({ to: ME, ids: ids.slice(0, 1), type: "played" });
    await expect.poll(() => receipts(client, jid)).toContainEqual({ type: "read", ids });
    await expect
      .poll(() => receipts(client, jid))
      .toContainEqual({ type: "played", ids: ids.slice(0, 1) });
  }
  await expect.poll(() => wa.stats["acks"]).toBe(8);
});

test("a client's receipts reach the phone and the clients of the sender", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  await using hers = await Client.linked(wa, alice);
  const { id } = await alice.send(ME, { text: "read me" });
  await expect.poll(() => client.texts()).toEqual(["read me"]);
  await client.socket.readMessages([{ remoteJid: alice.jid, id }]);
  const read = { from: ME, chat: ME, ids: [id], type: "read" };
  await expect.poll(() => alice.receipts).toContainEqual(read);
  await expect.poll(() => receipts(hers, me.jid)).toContainEqual({ type: "read", ids: [id] });
});

test("receipts of a group name the participant", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  const bob = await wa.account(BOB);
  await using client = await Client.linked(wa, me);
  const group = await wa.group({ subject: "Three", participants: [ME, ALICE, BOB] });
  const sent = await client.socket.sendMessage(group.jid, { text: "all of you" });
  const id = sent?.key.id ?? "";
  await bob.waitFor((message) => message.id === id);
  await bob.receipt({ to: ME, ids: [id], type: "read", chat: group.jid });
  const participants = () =>
    client.stanzas
      .filter(({ tag, attrs }) => tag === "receipt" && attrs["from"] === group.jid)
      .map(({ attrs }) => `${attrs["participant"]} ${attrs["type"] ?? "delivered"}`);
  await expect
    .poll(() => participants().toSorted())
    .toEqual([`${alice.jid} delivered`, `${bob.jid} delivered`, `${bob.jid} read`]);
});

function receipts(client: Client, from: string) {
  return client.stanzas
    .filter(({ tag, attrs }) => tag === "receipt" && attrs["from"] === from)
    .map(({ attrs, content }) => {
      const list = Array.isArray(content) ? content[0]?.content : [];
      const items = Array.isArray(list) ? list.map((item) => item.attrs["id"]) : [];
      return { type: attrs["type"], ids: [attrs["id"], ...items] };
    });
}
