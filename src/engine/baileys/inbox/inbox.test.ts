import { expect, test } from "vitest";
import { GatewayError } from "../../../domain/errors.ts";
import {
  connect,
  link,
  sendText,
  startEngineWorld,
  watch,
} from "../../../../test/support/engine-world.ts";

const ME = "5511999990001";
const ANA = "5511999990002";

test("a message is stored in the commit of its ratchet, with the attributes of its stanza", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  const { id } = await ana.send(ME, { text: "kept" });
  const { inbox: hash } = await me.message("kept");
  const commit = me.state.commits.find(({ inbox }) => inbox?.hash === hash);
  expect(commit?.keys.map(({ type }) => type)).toContain("session");
  expect(JSON.parse(commit?.inbox?.stanza ?? "")).toMatchObject({ id, enc: { type: "pkmsg" } });
  expect(Buffer.from(commit?.inbox?.plaintext ?? []).includes("kept")).toBe(true);
});

test("no receipt leaves before the message is durable", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await ana.send(ME, { text: "warm up" });
  await me.message("warm up");
  await expect.poll(() => ana.receipts.length).toBe(1);

  const gate = Promise.withResolvers<void>();
  let commits = 0;
  const { commit } = me.state;
  me.state.commit = async (changes) => {
    if (changes.inbox !== undefined) {
      commits += 1;
      await gate.promise;
    }
    await commit(changes);
  };
  await ana.send(ME, { text: "slow" });
  await expect.poll(() => commits).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ana.receipts).toHaveLength(1);
  expect(me.texts()).toEqual(["warm up"]);
  gate.resolve();
  await me.message("slow");
  await expect.poll(() => ana.receipts.length).toBe(2);
});

test("a store that fails ends the connection, and WhatsApp keeps the message", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await ana.send(ME, { text: "before" });
  await me.message("before");
  await expect.poll(() => ana.receipts.length).toBe(1);
  await me.state.closeInbox([...me.state.open]);
  const { retries = 0 } = world.wa.stats;

  me.state.failure = new GatewayError("STORE_FAILED", "disk full");
  await ana.send(ME, { text: "disk full" });
  const { close } = await me.next("close");
  expect(close).toMatchObject({ reason: "STORE_FAILED", message: "disk full" });
  expect(me.facts.at(-1)?.kind).toBe("close");
  expect(me.all("message").map(({ message }) => message.kind)).toEqual(["TEXT"]);
  expect(ana.receipts).toHaveLength(1);

  me.state.failure = undefined;
  const back = await connect(world, ME, me.state);
  expect((await back.message("disk full")).whileOffline).toBe(true);
  expect(back.all("message").map(({ message }) => message.kind)).toEqual(["TEXT"]);
  expect(world.wa.stats["retries"] ?? 0).toBe(retries);
});

test("what WhatsApp sends again is answered from the store, not decrypted again", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await ana.send(ME, { text: "first" });
  await me.message("first");
  await sendText(me, ANA, "now the session is settled");
  world.wa.fault({ kind: "loseReceipts", phone: ME });
  const group = await world.wa.group({ subject: "Team", participants: [ANA, ME] });
  await ana.send(ME, { text: "again" });
  await ana.send(group, { text: "group again" });
  const once = await me.message("again");
  await me.message("group again");
  await me.connection.close();
  world.wa.clearFaults();

  const back = await connect(world, ME, me.state);
  await back.message("group again");
  const twice = await back.next(
    "message",
    ({ message }) => message.text === "again" && message.whileOffline,
  );
  expect(twice.message).toEqual({ ...once, whileOffline: true });
  expect(back.all("message").filter(({ message }) => message.kind === "UNDECRYPTABLE")).toEqual([]);
  expect(world.wa.stats["retries"] ?? 0).toBe(0);
});

test("what a crash left between decryption and event is reported before anything new", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await ana.send(ME, { text: "left behind" });
  const { inbox, ...message } = await me.message("left behind");
  await expect.poll(() => ana.receipts.length).toBe(1);
  await me.connection.close();
  // The receipt has left, so WhatsApp will not send it again: only the open row knows of it.
  expect([...me.state.open]).toEqual([inbox]);

  const back = watch(world.engine, me.state);
  await back.next("open");
  expect(back.facts[0]).toMatchObject({
    kind: "message",
    message: { ...message, inbox, whileOffline: true },
  });
});

test("an event that fails to be stored upstream does not disturb the connection", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  await me.connection.close();
  const back = await connect(world, ME, me.state, {
    onFact(fact) {
      if (fact.kind === "message") throw new Error("listener broke");
    },
  });
  await ana.send(ME, { text: "one" });
  await ana.send(ME, { text: "two" });
  await back.message("two");
  expect(back.all("close")).toEqual([]);
});

test.each(["findInbox", "readKeys"] as const)(
  "a state whose %s fails ends the connection before WhatsApp hears of it",
  async (method) => {
    await using world = await startEngineWorld();
    const ana = await world.wa.account(ANA);
    const me = await link(world, ME);
    await me.connection.close();
    const { state } = me;
    const works = state[method];
    const back = await connect(world, ME, state);
    Object.assign(state, { [method]: () => Promise.reject(new Error("database gone")) });
    await ana.send(ME, { text: "meanwhile" });
    expect((await back.next("close")).close).toMatchObject({
      reason: "STORE_FAILED",
      message: "database gone",
    });
    expect(ana.receipts).toEqual([]);

    Object.assign(state, { [method]: works });
    const again = await connect(world, ME, state);
    await again.message("meanwhile");
    expect(again.all("message")).toHaveLength(1);
    expect(world.wa.stats["retries"] ?? 0).toBe(0);
  },
);
