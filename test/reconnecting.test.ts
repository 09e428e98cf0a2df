import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { eventually } from "./support/eventually.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const BYSTANDER = "5511999990000";

let gateway: TestGateway;
let bystander: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  bystander = await gateway.linked("bystander", BYSTANDER);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const connectionEvents = async (id: string) =>
  (await gateway.events(id)).filter(({ type }) => type.startsWith("connection."));

/** Links an instance of its own: outages in a row make the next wait longer. */
async function link(id: string, phone: string) {
  const account = await gateway.linked(id, phone);
  return { id, phone, account };
}

/** What happens to the connection of an instance because of this, once it is open again. */
async function outage(id: string, cause: () => unknown) {
  const before = (await connectionEvents(id)).length;
  await cause();
  return eventually(
    async () => {
      const fresh = (await connectionEvents(id)).slice(before);
      return fresh.at(-1)?.type === "connection.open" ? fresh : undefined;
    },
    () => `"${id}" has not come back`,
  );
}

test("a dropped socket is back within two seconds, told as one close and one open", async () => {
  const { id, phone } = await link("dropped", "5511999990001");
  const began = Date.now();
  const [close, open, ...more] = await outage(id, () => gateway.wa.fault({ kind: "drop", phone }));
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(close).toMatchObject({
    type: "connection.close",
    data: { reason: "CONNECTION_CLOSED", code: 428, willReconnect: true },
  });
  expect(open).toMatchObject({ type: "connection.open", data: { phoneNumber: phone } });
  expect(more).toEqual([]);
});

test("attempts that fail while it is down are no further outages, and no other instance notices", async () => {
  const { id, phone } = await link("refused", "5511999990002");
  const others = await connectionEvents("bystander");
  const [close, open, ...more] = await outage(id, () => {
    gateway.wa.fault({ kind: "refuseUpgrade", code: 502, count: 1 });
    gateway.wa.fault({ kind: "drop", phone });
  });
  expect(close).toMatchObject({ type: "connection.close", data: { willReconnect: true } });
  expect(open).toMatchObject({ type: "connection.open" });
  expect(more).toEqual([]);
  expect(await connectionEvents("bystander")).toEqual(others);
});

test.each([
  ["badFrame", "BAD_FRAME", "5511999990003"],
  ["streamError", "SERVICE_UNAVAILABLE", "5511999990004"],
] as const)("%s ends one instance with %s, and no other notices", async (kind, reason, phone) => {
  const { id } = await link(kind, phone);
  const others = await connectionEvents("bystander");
  const [close] = await outage(id, () => gateway.wa.fault({ kind, phone }));
  expect(close?.data).toMatchObject({ reason, willReconnect: true });
  expect(await connectionEvents("bystander")).toEqual(others);
});

test("messages that came during an outage are there afterwards", async () => {
  const { id, phone } = await link("missed", "5511999990005");
  await outage(id, () => {
    gateway.wa.fault({ kind: "drop", phone });
    return bystander.send(phone, { text: "in between" });
  });
  const { data } = await gateway.event(id, "message.received");
  expect(data.message).toMatchObject({ text: "in between" });
});

test("a restart by a call is told as such", async () => {
  const { id } = await link("restarted", "5511999990006");
  const [close, open] = await outage(id, () => gateway.post(`/instances/${id}/restart`));
  expect(close?.data).toMatchObject({ reason: "RESTARTED_BY_USER", willReconnect: true });
  expect(open).toMatchObject({ type: "connection.open" });
});

test("a restart of the process is told at the next start, and needs no QR code", async () => {
  const seen = (await connectionEvents("bystander")).length;
  const codes = (await gateway.events("bystander", "qr.update")).length;
  await gateway.restart();
  await gateway.reaches("bystander", "OPEN");
  const [close, open, ...more] = (await connectionEvents("bystander")).slice(seen);
  expect(close?.data).toMatchObject({ reason: "GATEWAY_STOPPED", willReconnect: true });
  expect(open).toMatchObject({ type: "connection.open" });
  expect(more).toEqual([]);
  expect(await gateway.events("bystander", "qr.update")).toHaveLength(codes);
});

test("an account that another client takes over stays down until it is started", async () => {
  const { id, phone } = await link("taken", "5511999990007");
  gateway.wa.fault({ kind: "conflict", phone });
  const stopped = await gateway.reaches(id, "STOPPED");
  expect(stopped.lastDisconnect).toMatchObject({ reason: "REPLACED", code: 440 });
  const close = await gateway.event(id, "connection.close");
  expect(close.data).toMatchObject({ reason: "REPLACED", willReconnect: false });

  await gateway.graphql(`mutation { startInstance(id: "taken") { ... on Instance { id } } }`);
  await gateway.reaches(id, "OPEN");
});

test("an account that the phone unlinks is logged out, and can be linked again", async () => {
  const { id, account } = await link("unlinked", "5511999990008");
  await account.unlink();
  const out = await gateway.reaches(id, "LOGGED_OUT");
  expect(out.lastDisconnect).toMatchObject({ reason: "LOGGED_OUT" });
  const [close] = (await connectionEvents(id)).slice(-1);
  expect(close?.data).toMatchObject({ reason: "LOGGED_OUT", willReconnect: false });
  const send = { to: BYSTANDER, message: "hi" };
  expect(await gateway.post(`/instances/${id}/sendMessage`, send)).toMatchObject({
    status: 409,
    body: { error: { code: "NOT_LINKED" } },
  });

  const { body } = await gateway.get<{ qr: string }>(`/instances/${id}/qr`);
  await account.link(body);
  await gateway.reaches(id, "OPEN");
  expect(await gateway.post(`/instances/${id}/sendMessage`, send)).toMatchObject({ status: 200 });
});

test("a log-out by a call unlinks the device at WhatsApp", async () => {
  const { id, account } = await link("leaving", "5511999990009");
  await gateway.graphql(`mutation { logoutInstance(id: "leaving") { ... on Instance { id } } }`);
  await gateway.reaches(id, "LOGGED_OUT");
  await expect.poll(() => account.devices()).toEqual([]);
});
