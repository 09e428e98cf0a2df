import { expect, test } from "vitest";
import { connect, link, sendText, startEngineWorld } from "../../../test/support/engine-world.ts";

const ME = "5511999990001";
const ANA = "5511999990002";

test("a send is acknowledged, delivered and read", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  const id = await sendText(me, ANA, "hi");
  const ack = await me.next("ack", (fact) => fact.id === id);
  expect(ack.error).toBeNull();
  expect(Math.abs(ack.at.getTime() - Date.now())).toBeLessThan(5_000);
  await me.next(
    "receipt",
    ({ ids, status }) => ids.includes(id as never) && status === "DELIVERED",
  );
  await ana.receipt({ to: ME, ids: [id], type: "read" });
  const read = await me.next("receipt", ({ status }) => status === "READ");
  expect(read).toMatchObject({ ids: [id], participant: null });
});

test("a refused send is an ack with WhatsApp's code", async () => {
  await using world = await startEngineWorld();
  await world.wa.account(ANA);
  const me = await link(world, ME);
  world.wa.fault({ kind: "ackError", phone: ME, code: 463, count: 1 });
  const id = await sendText(me, ANA, "unwanted");
  expect(await me.next("ack", (fact) => fact.id === id)).toMatchObject({ error: 463 });
});

test("the same bytes under the same id are one message for whoever receives them", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const me = await link(world, ME);
  const to = (await me.connection.lookUp(ANA))?.id as never;
  const { bytes } = await me.connection.prepare({ kind: "TEXT", text: "once", quoted: null }, to);
  await me.connection.transmit("3EB0ONCE" as never, to, bytes);
  await me.connection.close();
  const again = await connect(world, ME, me.state);
  await again.connection.transmit("3EB0ONCE" as never, to, bytes);
  await again.next("ack");
  await sendText(again, ANA, "later");
  await ana.waitFor(({ text }) => text === "later");
  expect(ana.received.map(({ text }) => text)).toEqual(["once", "later"]);
});

test("nobody has an unknown number, and nothing is sent to one", async () => {
  await using world = await startEngineWorld();
  const me = await link(world, ME);
  expect(await me.connection.lookUp("5511999990099")).toBeUndefined();
  const nobody = "5511999990099@s.whatsapp.net" as never;
  const { bytes } = await me.connection.prepare({ kind: "TEXT", text: "?", quoted: null }, nobody);
  await expect(me.connection.transmit("3EB0X" as never, nobody, bytes)).rejects.toMatchObject({
    name: "GatewayError",
  });
  expect(me.all("ack")).toEqual([]);
});

test("what hangs when the connection ends is refused at once", async () => {
  await using world = await startEngineWorld();
  await world.wa.account(ANA);
  const me = await link(world, ME);
  world.wa.fault({ kind: "silence", phone: ME });
  const asked = me.connection.lookUp(ANA).catch((error: unknown) => error);
  await me.connection.close();
  expect(await asked).toMatchObject({ code: "UNAVAILABLE" });
  await expect(me.connection.lookUp(ANA)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  const send = me.connection.transmit("3EB0X" as never, ANA as never, Buffer.alloc(0));
  await expect(send).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a question that is not answered in time is refused", async () => {
  await using world = await startEngineWorld({ timeouts: { queryMs: 100 } });
  await world.wa.account(ANA);
  const me = await link(world, ME);
  world.wa.fault({ kind: "silence", phone: ME });
  await expect(me.connection.lookUp(ANA)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a note to oneself goes to the own phone alone", async () => {
  await using world = await startEngineWorld();
  const me = await link(world, ME);
  const id = await sendText(me, ME, "remember");
  expect(await me.next("ack", (fact) => fact.id === id)).toMatchObject({ error: null });
  expect(world.wa.stats).toMatchObject({ undecryptable: 0, unknownRecipients: 0 });
});

test("who could not decrypt our message gets it again, from what was prepared", async () => {
  await using world = await startEngineWorld();
  const ana = await link(world, ANA);
  const first = await link(world, ME);
  await first.connection.close();
  const sent = new Map<string, Uint8Array>();
  const me = await connect(world, ME, first.state, { sentMessage: (id) => sent.get(id) });
  await sendText(me, ANA, "fine");
  await ana.message("fine");

  world.wa.fault({ kind: "undecryptable", phone: ANA, count: 1 });
  const to = ana.account.lid as never;
  const { bytes } = await me.connection.prepare({ kind: "TEXT", text: "again", quoted: null }, to);
  sent.set("3EB0AGAIN", bytes);
  await me.connection.transmit("3EB0AGAIN" as never, to, bytes);
  await ana.next("message", ({ message }) => message.kind === "UNDECRYPTABLE");
  expect((await ana.message("again")).id).toBe("3EB0AGAIN");
});
