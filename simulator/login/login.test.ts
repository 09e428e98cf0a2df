import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

test("an unlinked device is told so and cannot log in again", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = await Client.linked(wa, me);
  const closed = client.closed();
  await me.unlink(1);
  expect(await closed).toBe(401);
  expect(client.stanzas.at(-1)).toMatchObject({
    tag: "stream:error",
    content: [{ tag: "conflict", attrs: { type: "device_removed" } }],
  });
  const refused = client.closed();
  client.connect();
  expect(await refused).toBe(401);
  expect(wa.stats["refusedLogins"]).toBe(1);
  await expect(me.unlink(1)).rejects.toMatchObject({ code: "DEVICE_NOT_FOUND" });
});

test("a device that logs itself out is forgotten", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = await Client.linked(wa, me);
  await client.socket.logout();
  await expect.poll(() => me.devices()).toEqual([]);
});

test("a second connection with the same credentials replaces the first", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = await Client.linked(wa, me);
  const replaced = client.closed();
  await using twin = client.twin();
  const opened = twin.opened();
  twin.connect();
  await opened;
  expect(await replaced).toBe(440);
  expect(me.devices()).toMatchObject([{ device: 1, online: true }]);
});

test("stopping closes every connection and may be done twice", async () => {
  const wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = await Client.linked(wa, me);
  const closed = client.closed();
  await wa[Symbol.asyncDispose]();
  await wa[Symbol.asyncDispose]();
  await closed;
  await expect(fetch(`${wa.controlUrl}/stats`)).rejects.toThrow("fetch failed");
});
