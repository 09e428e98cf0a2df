import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";

test("texts reach every member of a group, phones and clients", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE, { name: "Alice" });
  const bob = await wa.account(BOB);
  await using mine = await Client.linked(wa, me);
  await using bobs = await Client.linked(wa, bob);
  const group = await wa.group({ subject: "Three", participants: [ALICE, ME, BOB] });

  await alice.send(group, { text: "first" });
  await alice.send(group.jid, { text: "second" });
  for (const client of [mine, bobs]) {
    await expect.poll(() => client.texts()).toEqual(["first", "second"]);
    const key = { remoteJid: group.jid, participant: alice.jid, participantAlt: alice.lid };
    expect(client.messages[0]?.message).toMatchObject({ key, pushName: "Alice" });
  }
  await bob.waitFor(({ text }) => text === "second");

  await mine.socket.sendMessage(group.jid, { text: "third" });
  await mine.socket.sendMessage(group.jid, { text: "fourth" });
  await expect.poll(() => bobs.texts()).toContain("fourth");
  const fourth = await alice.waitFor(({ text }) => text === "fourth");
  expect(fourth).toMatchObject({ from: ME, to: group.jid, chat: group.jid, type: "text" });
  expect(bob.received.map(({ text }) => text)).toEqual(["first", "second", "third", "fourth"]);
});

test("a member whose client cannot read a group message asks for it again", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const group = await wa.group({ subject: "Two", participants: [ALICE, ME] });
  wa.fault({ kind: "undecryptable", phone: ME });
  await alice.send(group, { text: "garbled" });
  await expect.poll(() => client.texts()).toContain("garbled");
  await alice.send(group, { text: "clear" });
  await expect.poll(() => client.texts()).toContain("clear");
});

test("metadata names subject, creator and members; strangers are refused", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  await wa.account(ALICE);
  await wa.account(BOB);
  await using client = await Client.linked(wa, me);
  const group = await wa.group({ subject: "Two", participants: [ALICE, ME] });
  const metadata = await client.socket.groupMetadata(group.jid);
  expect(metadata).toMatchObject({
    id: group.jid,
    subject: "Two",
    owner: `${ALICE}@s.whatsapp.net`,
  });
  expect(metadata.participants.map(({ id }) => id)).toEqual([
    `${ALICE}@s.whatsapp.net`,
    `${ME}@s.whatsapp.net`,
  ]);
  expect(Object.keys(await client.socket.groupFetchAllParticipating())).toEqual([group.jid]);
  const closed = await wa.group({ subject: "Without me", participants: [ALICE, BOB] });
  await expect(client.socket.groupMetadata(closed.jid)).rejects.toThrow("forbidden");
});

test("a client makes a group", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const { id } = await client.socket.groupCreate("Mine", [alice.jid]);
  await alice.send(id, { text: "thanks" });
  await expect.poll(() => client.texts()).toContain("thanks");
});

test("a group of unknown phones, or of nobody, is refused", async () => {
  await using wa = await startSimulator();
  await expect(wa.group({ subject: "x", participants: [ALICE] })).rejects.toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
  });
  await expect(wa.group({ subject: "x", participants: [] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("who is in a group is told what changes about it, and who it is changed by", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  const bob = await wa.account(BOB);
  await using client = await Client.linked(wa, me);
  const group = await wa.group({ subject: "Two", participants: [ALICE, ME] });
  const changed = await wa.changeGroup(group, {
    by: ALICE,
    subject: "Three",
    add: [BOB],
    promote: [BOB],
    announcement: true,
  });
  expect(changed).toMatchObject({
    subject: "Three",
    participants: [ALICE, ME, BOB],
    admins: [ALICE, BOB],
    announcement: true,
  });
  await wa.changeGroup(group, { by: BOB, remove: [ME], demote: [BOB] });
  const told = () =>
    client.stanzas
      .filter(({ tag, attrs }) => tag === "notification" && attrs["type"] === "w:gp2")
      .map(({ attrs, content }) => [
        attrs["participant"],
        Array.isArray(content) && content[0]?.tag,
      ]);
  // The one that told me that I am out is the last I hear.
  await expect.poll(told).toEqual([
    [alice.jid, "subject"],
    [alice.jid, "announcement"],
    [alice.jid, "add"],
    [alice.jid, "promote"],
    [bob.jid, "remove"],
  ]);
  await expect(client.socket.groupMetadata(group.jid)).rejects.toThrow("forbidden");
  await expect(wa.changeGroup(group, { by: ME, subject: "Mine" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  await expect(wa.askToJoin(group, ALICE)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(wa.changeGroup("1@g.us", { by: ME })).rejects.toMatchObject({
    code: "GROUP_NOT_FOUND",
  });
});
