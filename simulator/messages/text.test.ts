import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("texts go back and forth with a contact", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME, { name: "Me" });
  const alice = await wa.account(ALICE, { name: "Alice" });
  await using client = await Client.linked(wa, me);
  for (const round of [1, 2, 3]) {
    await alice.send(me.phone, { text: `ping ${round}` });
    await expect.poll(() => client.texts()).toContain(`ping ${round}`);
    await client.socket.sendMessage(alice.jid, { text: `pong ${round}` });
    const pong = await alice.waitFor(({ text }) => text === `pong ${round}`);
    expect(pong).toMatchObject({ from: ME, to: ALICE, chat: ME, type: "text" });
  }
  const [first] = client.messages;
  expect(first?.type).toBe("notify");
  expect(first?.message).toMatchObject({
    pushName: "Alice",
    key: { remoteJid: alice.jid, remoteJidAlt: alice.lid, fromMe: false },
  });
  expect(wa.stats).toMatchObject({ messagesAccepted: 3, duplicates: 0, undecryptable: 0 });
});

test("an account addressed by LID arrives and is answered by LID", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE, { addressing: "lid" });
  await using client = await Client.linked(wa, me);
  await alice.send(me.phone, { text: "from the dark" });
  await expect.poll(() => client.texts()).toEqual(["from the dark"]);
  const key = client.messages[0]?.message.key;
  expect(key).toMatchObject({ remoteJid: alice.lid, remoteJidAlt: alice.jid });
  await client.socket.sendMessage(alice.lid, { text: "into the dark" });
  await expect(alice.waitFor(({ text }) => text === "into the dark")).resolves.toMatchObject({
    from: ME,
  });
  await alice.send(me.phone, { text: "in the open" }, { addressing: "pn" });
  await expect.poll(() => client.messages.at(-1)?.message.key.remoteJid).toBe(alice.jid);
});

test("two clients talk with each other", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using mine = await Client.linked(wa, me);
  await using hers = await Client.linked(wa, alice);
  await mine.socket.sendMessage(alice.jid, { text: "one" });
  await expect.poll(() => hers.texts()).toEqual(["one"]);
  await hers.socket.sendMessage(me.jid, { text: "two" });
  await expect.poll(() => mine.texts()).toContain("two");
  await mine.socket.sendMessage(alice.jid, { text: "three" });
  await expect.poll(() => hers.texts()).toContain("three");
  expect(alice.received.map(({ text }) => text)).toEqual(["one", "three"]);
  expect(me.received.map(({ text }) => text)).toEqual(["two"]);
});

test("what the phone sends reaches the account's own client as sent by itself", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  for (const addressing of ["pn", "lid"] as const) {
    await me.send(alice.phone, { text: addressing }, { addressing });
    await expect.poll(() => client.texts()).toContain(addressing);
    const jid = addressing === "pn" ? alice.jid : alice.lid;
    expect(client.messages.at(-1)?.message.key).toMatchObject({ fromMe: true, remoteJid: jid });
    await alice.waitFor(({ text }) => text === addressing);
  }
  expect(me.received).toEqual([]);
});

test("a client's message reaches the other clients of its account", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using first = await Client.linked(wa, me);
  await using second = await Client.linked(wa, me);
  await first.socket.sendMessage(alice.jid, { text: "from the first" });
  await expect.poll(() => second.texts()).toEqual(["from the first"]);
  expect(second.messages[0]?.message.key).toMatchObject({ fromMe: true, remoteJid: alice.jid });
});

test("quotes name the quoted message in both directions", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const { id } = await alice.send(me.phone, { text: "question" });
  await expect.poll(() => client.messages.length).toBe(1);
  const quoted = client.messages[0]?.message;
  if (quoted === undefined) throw new Error("no message");
  await client.socket.sendMessage(alice.jid, { text: "answer" }, { quoted });
  await expect(alice.waitFor(({ text }) => text === "answer")).resolves.toMatchObject({
    quotedId: id,
  });
  await alice.send(me.phone, { text: "ah", quoted: { id: "3EB0AA", from: ME } });
  await expect.poll(() => client.texts()).toContain("ah");
  const info = client.messages.at(-1)?.message.message?.extendedTextMessage?.contextInfo;
  expect(info).toMatchObject({ stanzaId: "3EB0AA", participant: me.jid });
});

test("a number without an account is not on WhatsApp, one with an account is", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const found = await client.socket.onWhatsApp(`+${ALICE}`, "+5511999999999");
  expect(found).toEqual([{ jid: `${ALICE}@s.whatsapp.net`, exists: true }]);
  await expect(me.send("5511999999999", { text: "x" })).rejects.toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
  });
});

test("reactions, edits and deletions say which message they mean", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const sent = await client.socket.sendMessage(alice.jid, { text: "typo" });
  const targetId = sent?.key.id ?? "";
  const key = () => ({ remoteJid: alice.jid, fromMe: true, id: targetId });
  await client.socket.sendMessage(alice.jid, { react: { text: "👍", key: key() } });
  await client.socket.sendMessage(alice.jid, { text: "fixed", edit: key() });
  await client.socket.sendMessage(alice.jid, { delete: key() });
  await alice.waitFor(({ type }) => type === "deleted");
  expect(alice.received).toMatchObject([
    { type: "text", text: "typo", id: targetId },
    { type: "reaction", text: "👍", targetId },
    { type: "edited", text: "fixed", targetId },
    { type: "deleted", targetId },
  ]);
});

test("a burst arrives whole and in order", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const texts = Array.from({ length: 300 }, (_, index) => `burst ${index}`);
  await Promise.all(texts.map((text) => alice.send(me.phone, { text })));
  await expect.poll(() => client.messages.length).toBe(texts.length);
  expect(client.texts()).toEqual(texts);
});
