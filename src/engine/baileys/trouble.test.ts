import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { link, silent, startEngineWorld, watch } from "../../../test/support/engine-world.ts";
import { startSimulator } from "../../../simulator/index.ts";
import { startLine } from "../../../test/support/line.ts";
import { memorySessionState } from "../../../test/support/memory-session-state.ts";
import { createBaileysEngine } from "./baileys-engine.ts";

const ME = "5511999990001";
const OTHER = "5511999990002";

test("a bad frame ends its connection and nothing else", async () => {
  await using world = await startEngineWorld();
  const [me, other] = [await link(world, ME), await link(world, OTHER)];
  world.wa.fault({ kind: "badFrame", phone: ME, count: 1 });
  expect((await me.next("close")).close).toMatchObject({
    reason: "BAD_FRAME",
    reaction: "RECONNECT",
  });
  await me.account.send(OTHER, { text: "still there?" });
  await other.message("still there?");
});

test("a refused upgrade is a close at once, with the status", async () => {
  await using world = await startEngineWorld();
  world.wa.fault({ kind: "refuseUpgrade", code: 429, count: 1 });
  const { close } = await watch(world.engine, memorySessionState()).next("close");
  expect(close).toMatchObject({ reason: "UPGRADE_REFUSED", code: 429, reaction: "RECONNECT" });
});

test("a server that is not there is no QR code that ran out", async () => {
  const wa = await startEngineWorld();
  const { url } = wa.wa;
  await wa[Symbol.asyncDispose]();
  await using engine = createBaileysEngine({ log: silent, url });
  const { close } = await watch(engine, memorySessionState()).next("close");
  expect(close).toMatchObject({ reason: "CONNECTION_LOST", reaction: "RECONNECT" });
});

test("a server that says nothing is given up", async () => {
  await using server = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await using engine = createBaileysEngine({
    log: silent,
    url: `ws://127.0.0.1:${port}`,
    timeouts: { connectMs: 50 },
  });
  const { close } = await watch(engine, memorySessionState()).next("close");
  expect(close).toMatchObject({ reason: "TIMED_OUT", reaction: "RECONNECT" });
});

test("an end takes less than a second, also when the other side is gone without a word", async () => {
  await using wa = await startSimulator();
  await using line = await startLine(Number(new URL(wa.url).port));
  await using engine = createBaileysEngine({ log: silent, url: line.url });
  const me = await link({ wa, engine }, ME);
  line.freeze();
  const begun = Date.now();
  await Promise.all([me.connection.close(), me.connection.close()]);
  expect(Date.now() - begun).toBeLessThan(1_000);
  await me.connection.close();
  expect(me.all("close")).toMatchObject([
    { close: { reason: "STOPPED_BY_USER", reaction: "STOP" } },
  ]);
});

test("what Baileys ends does not wait for the goodbye of a dead server either", async () => {
  await using wa = await startSimulator();
  await using line = await startLine(Number(new URL(wa.url).port));
  await using engine = createBaileysEngine({ log: silent, url: line.url, timeouts: { qrMs: 50 } });
  const unlinked = watch(engine, memorySessionState());
  await unlinked.next("qr");
  line.freeze();
  // The last of six codes runs out after 300 ms; ws alone would wait 30 s for an answer.
  expect((await unlinked.next("close")).close.reason).toBe("QR_EXPIRED");
});

for (const [fault, reason, reaction] of [
  [{ kind: "drop" }, "CONNECTION_CLOSED", "RECONNECT"],
  [{ kind: "conflict" }, "REPLACED", "STOP"],
  [{ kind: "streamError", code: 515 }, "RESTART_REQUIRED", "RESTART"],
  [{ kind: "streamError", code: 503 }, "SERVICE_UNAVAILABLE", "RECONNECT"],
  [{ kind: "streamError", code: 401 }, "LOGGED_OUT", "LOG_OUT"],
] as const) {
  test(`${JSON.stringify(fault)} is judged ${reason}`, async () => {
    await using world = await startEngineWorld();
    const me = await link(world, ME);
    world.wa.fault({ phone: ME, count: 1, ...fault });
    expect((await me.next("close")).close).toMatchObject({ reason, reaction });
    expect(me.facts.filter(({ kind }) => kind === "close")).toHaveLength(1);
  });
}

test("a state that cannot be read is a close, not an error", async () => {
  await using world = await startEngineWorld();
  const state = memorySessionState();
  state.loadCredentials = () => Promise.reject(new Error("no such table"));
  const { close } = await watch(world.engine, state).next("close");
  expect(close).toMatchObject({ reason: "STORE_FAILED", message: "no such table" });
});

test("disposing the engine ends all connections, and one opened afterwards at once", async () => {
  await using world = await startEngineWorld();
  const [me, other] = [await link(world, ME), await link(world, OTHER)];
  await world.engine[Symbol.asyncDispose]();
  await world.engine[Symbol.asyncDispose]();
  for (const { all } of [me, other]) {
    expect(all("close")).toMatchObject([{ close: { reason: "GATEWAY_STOPPED" } }]);
  }
  const late = watch(world.engine, memorySessionState());
  expect((await late.next("close")).close.reason).toBe("GATEWAY_STOPPED");
});

test("only this machine is spoken to without TLS", () => {
  for (const url of [
    "ws://example.com/ws",
    "http://127.0.0.1",
    "ws://127.0.0.1.example.com",
    "x",
  ]) {
    expect(() => createBaileysEngine({ log: silent, url })).toThrow(/wss:/);
  }
  expect(() => createBaileysEngine({ log: silent, version: "latest" })).toThrow(/2\.3000/);
});
