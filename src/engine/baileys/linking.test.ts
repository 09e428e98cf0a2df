import { expect, test } from "vitest";
import { link, startEngineWorld, watch } from "../../../test/support/engine-world.ts";
import { memorySessionState } from "../../../test/support/memory-session-state.ts";

const PHONE = "5511999990001";

test("a QR code that is scanned links the account, through the restart WhatsApp asks for", async () => {
  await using world = await startEngineWorld();
  const account = await world.wa.account(PHONE, { name: "Ana" });
  const state = memorySessionState();
  const first = watch(world.engine, state);

  const qr = await first.next("qr");
  expect(qr.expiresAt.getTime() - Date.now()).toBeGreaterThan(55_000);
  expect(state.credentials).toBeUndefined();
  state.delay = () => new Promise((resolve) => setTimeout(resolve, 30));
  const linked = account.link({ qr: qr.text });
  const { close } = await first.next("close");
  expect(close).toMatchObject({ code: 515, reason: "RESTART_REQUIRED", reaction: "RESTART" });
  // The next socket logs in with them, so they are there when the close is told.
  expect(state.credentials).toBeDefined();

  const second = watch(world.engine, state);
  const { me } = await second.next("open");
  expect(me).toEqual({ id: account.lid, pn: account.jid, lid: account.lid });
  await linked;
  expect(account.devices()).toMatchObject([{ online: true }]);
  expect(first.all("open")).toEqual([]);
});

test("a pairing code links as well, and may be asked for before the QR code is there", async () => {
  await using world = await startEngineWorld();
  const account = await world.wa.account(PHONE);
  const state = memorySessionState();
  const first = watch(world.engine, state);
  await first.connection.requestPairingCode(PHONE);
  const { code, expiresAt } = await first.next("pairing-code");
  expect(code).toHaveLength(8);
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 100_000);
  const linked = account.link({ code });
  await first.next("close", ({ close }) => close.reaction === "RESTART");
  await watch(world.engine, state).next("open");
  await linked;
});

test("a pairing code that nobody typed does not make the next attempt log in", async () => {
  await using world = await startEngineWorld();
  await world.wa.account(PHONE);
  const state = memorySessionState();
  const first = watch(world.engine, state);
  await first.next("qr");
  await first.connection.requestPairingCode(PHONE);
  await first.connection.close();
  expect(state.credentials).toBeUndefined();
  // What another version may have stored of such an attempt.
  state.credentials = Buffer.from(JSON.stringify({ me: { id: `${PHONE}@s.whatsapp.net` } }));
  await watch(world.engine, state).next("qr");
});

test("QR codes that run out stop the instance and say so", async () => {
  await using world = await startEngineWorld({ timeouts: { qrMs: 10 } });
  const { next, all } = watch(world.engine, memorySessionState());
  const { close } = await next("close");
  expect(close).toMatchObject({ reason: "QR_EXPIRED", reaction: "STOP" });
  expect(all("qr")).toHaveLength(6);
});

test("only a connection that waits to be linked gives a pairing code", async () => {
  await using world = await startEngineWorld();
  const { connection } = await link(world, PHONE);
  await expect(connection.requestPairingCode(PHONE)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("what the phone unlinks is logged out, and so is what the gateway unlinks", async () => {
  await using world = await startEngineWorld();
  const byPhone = await link(world, PHONE);
  await byPhone.account.unlink();
  expect((await byPhone.next("close")).close).toMatchObject({
    reason: "LOGGED_OUT",
    reaction: "LOG_OUT",
  });

  const byUs = await link(world, "5511999990002");
  await byUs.connection.logOut();
  expect((await byUs.next("close")).close).toMatchObject({
    reason: "LOGGED_OUT",
    reaction: "LOG_OUT",
  });
  expect(byUs.account.devices()).toEqual([]);
});

test("the name the account has is reported when it becomes known", async () => {
  await using world = await startEngineWorld();
  await world.wa.account(PHONE, { name: "Ana" });
  await world.wa.account("5511999990002");
  const me = await link(world, PHONE);
  await me.account.send("5511999990002", { text: "from my phone" });
  expect((await me.next("profile-name")).name).toBe("Ana");
});

test("a new link begins without the keys of an earlier one", async () => {
  await using world = await startEngineWorld();
  const state = memorySessionState();
  const value = Buffer.from("a ratchet of somebody else");
  await state.commit({ keys: [{ type: "session", id: "111.0", value }] });
  await watch(world.engine, state).next("qr");
  expect([...state.keys.keys()]).not.toContain("session/111.0");
});
