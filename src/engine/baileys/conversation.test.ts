import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Fact } from "../engine.ts";
import { connect, link, sendText, startEngineWorld } from "../../../test/support/engine-world.ts";

const ME = "5511999990001";
const ANA = "5511999990002";
const BOB = "5511999990003";

test("texts go both ways, and everybody is known by phone number and LID", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA, { name: "Ana" });
  const me = await link(world, ME);
  const { id } = await ana.send(ME, { text: "hello" });
  const message = await me.message("hello");
  const address = { id: ana.lid, pn: ana.jid, lid: ana.lid };
  expect(message).toMatchObject({
    id,
    chat: address,
    sender: { ...address, name: "Ana" },
    fromMe: false,
    kind: "TEXT",
    whileOffline: false,
  });
  await sendText(me, ANA, "hi Ana");
  await ana.waitFor(({ text, from }) => text === "hi Ana" && from === ME);
});

test("LID-addressed messages come from the same people", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA, { addressing: "lid" });
  const me = await link(world, ME);
  await ana.send(ME, { text: "hidden number" }, { addressing: "lid" });
  expect((await me.message("hidden number")).chat).toEqual({
    id: ana.lid,
    pn: ana.jid,
    lid: ana.lid,
  });
});

test("groups work both ways, and the rows of sender keys are closed", async () => {
  await using world = await startEngineWorld();
  const [ana, bob] = [await world.wa.account(ANA), await world.wa.account(BOB)];
  const me = await link(world, ME);
  const group = await world.wa.group({ subject: "Team", participants: [ANA, BOB, ME] });
  await ana.send(group, { text: "first" });
  await ana.send(group, { text: "second" });
  const message = await me.message("second");
  expect(message.chat).toEqual({ id: group.jid, pn: null, lid: null });
  expect(message.sender).toMatchObject({ pn: ana.jid, lid: ana.lid });
  // What stays open are the two messages; the sender key that came along needs no event.
  await expect.poll(() => me.state.open.size).toBe(2);

  const { connection } = me;
  for (const text of ["to all", "once more"]) {
    const { bytes } = await connection.prepare(
      { kind: "TEXT", text, quoted: null },
      group.jid as never,
    );
    await connection.transmit(`3EB0${text.length}` as never, group.jid as never, bytes);
  }
  await Promise.all(
    [ana, bob].map((account) => account.waitFor(({ text }) => text === "once more")),
  );
  await me.next("receipt", ({ participant }) => participant !== null);
});

test("what the user writes on the phone is an own message in the chat of its recipient", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await me.account.send(ANA, { text: "from my phone" });
  const message = await me.message("from my phone");
  expect(message.fromMe).toBe(true);
  expect(message.chat).toEqual({ id: ana.lid, pn: ana.jid, lid: ana.lid });
  expect(message.sender).toMatchObject({ pn: me.account.jid, lid: me.account.lid });
});

test("what came while we were away is marked so", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await me.connection.close();
  for (let n = 0; n < 30; n += 1) await ana.send(ME, { text: `missed ${n}` });
  const back = await connect(world, ME, me.state);
  await back.message("missed 29");
  expect(back.texts()).toEqual(Array.from({ length: 30 }, (_, n) => `missed ${n}`));
  expect(back.all("message").every(({ message }) => message.whileOffline)).toBe(true);
});

test("an answer names what it answers", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  const { id } = await ana.send(ME, { text: "question" });
  const { chat, sender, text } = await me.message("question");
  const quoted = { id: id as never, sender: sender.id, fromMe: false, text };
  const { bytes } = await me.connection.prepare({ kind: "TEXT", text: "answer", quoted }, chat.id);
  await me.connection.transmit("3EB0ANSWER" as never, chat.id, bytes);
  expect(await ana.waitFor((received) => received.text === "answer")).toMatchObject({
    quotedId: id,
  });
  await ana.send(ME, { text: "reply", quoted: { id: "3EB0ANSWER", from: ME } });
  expect((await me.message("reply")).quotedId).toBe("3EB0ANSWER");
});

test("a message that cannot be decrypted is told, asked for again, and then comes", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await ana.send(ME, { text: "fine" });
  await me.message("fine");
  world.wa.fault({ kind: "undecryptable", phone: ME, count: 1 });
  const begun = Date.now();
  const { id } = await ana.send(ME, { text: "scrambled" });
  const told = await me.next("message", ({ message }) => message.kind === "UNDECRYPTABLE");
  expect(told.message).toMatchObject({ id, inbox: null, chat: { id: ana.lid } });
  expect((await me.message("scrambled")).id).toBe(id);
  // Baileys would first wait 2 s for the own phone, and hold up every other message meanwhile.
  expect(Date.now() - begun).toBeLessThan(1_500);
});

const isUnreadable = (fact: Fact): boolean =>
  fact.kind === "message" && fact.message.kind === "UNDECRYPTABLE";

test("no sender is asked again before it is stored that a message could not be read", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const linked = await link(world, ME);
  await linked.connection.close();
  const stored = Promise.withResolvers<void>();
  const me = await connect(world, ME, linked.state, {
    onFact: (fact) => (isUnreadable(fact) ? stored.promise : undefined),
  });
  world.wa.fault({ kind: "undecryptable", phone: ME, count: 1 });
  await ana.send(ME, { text: "scrambled" });
  await me.next("message", isUnreadable);
  await sleep(200);
  expect(world.wa.stats["retries"]).toBe(0);
  stored.resolve();
  await me.message("scrambled");
  expect(world.wa.stats["retries"]).toBe(1);
});
