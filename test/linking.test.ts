import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

let gateway: TestGateway;
beforeAll(async () => {
  // Long enough to be scanned, short enough to see the codes run out.
  gateway = await startTestGateway({ overrides: { engineTimeouts: { qrMs: 400 } } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface ShownQr {
  readonly instanceId: string;
  readonly qr: string;
  readonly image: string;
  readonly expiresAt: string;
}

interface Followed {
  readonly instance: {
    readonly status: string;
    readonly phoneNumber: string | null;
    readonly qr: { readonly text: string; readonly svg: string } | null;
  };
}

const FOLLOW = `subscription ($id: ID!) { instance(id: $id) { status phoneNumber qr { text svg } } }`;

test("a QR code comes over the WebSocket, is scanned, and the same subscription shows the open account", async () => {
  const created = await gateway.post("/instances", { instanceId: "shop" });
  expect(created).toMatchObject({ status: 201, body: { instanceId: "shop" } });
  expect(created.headers.get("location")).toBe("/instances/shop/status");

  await using follow = gateway.subscribe<Followed>(FOLLOW, { id: "shop" });
  const { instance } = await follow.until((item) => item.instance.qr !== null);
  expect(instance).toMatchObject({ status: "AWAITING_SCAN", phoneNumber: null });
  expect(instance.qr?.svg).toMatch(/^<svg /);

  const phone = await gateway.wa.account("5511999990001", { name: "My shop" });
  await phone.link({ qr: instance.qr?.text ?? "" });
  const open = await follow.until((item) => item.instance.status === "OPEN");
  expect(open.instance).toEqual({ status: "OPEN", phoneNumber: "5511999990001", qr: null });
});

test("linking tells of codes and of the connection, and nothing of the restart in between", async () => {
  await gateway.linked("quiet", "5511999990002");
  const types = (await gateway.events("quiet")).map(({ type }) => type);
  expect(new Set(types)).toEqual(new Set(["instance.created", "qr.update", "connection.open"]));
  expect(types.filter((type) => type === "connection.open")).toHaveLength(1);
  expect((await gateway.status("quiet")).lastDisconnect).toBeNull();
});

test("the code is there as JSON, SVG, PNG and text, by parameter or by Accept header", async () => {
  await gateway.post("/instances", { instanceId: "forms" });
  const path = "/instances/forms/qr";
  const json = await gateway.get<ShownQr>(path);
  expect(json).toMatchObject({ status: 200, body: { instanceId: "forms" } });
  expect(json.body.qr.split(",").length).toBeGreaterThanOrEqual(4);
  expect(json.body.image).toMatch(/^data:image\/png;base64,iVBOR/);
  expect(Date.parse(json.body.expiresAt)).toBeGreaterThan(Date.now());

  for (const [format, type, start] of [
    ["svg", "image/svg+xml", "<svg "],
    ["png", "image/png", "\uFFFDPNG"],
    ["text", "text/plain", ""],
  ] as const) {
    for (const reply of [
      await gateway.get<string>(`${path}?format=${format}`),
      await gateway.get<string>(path, { accept: type }),
    ]) {
      expect(reply.status).toBe(200);
      expect(reply.headers.get("content-type")).toContain(type);
      expect(reply.body.startsWith(start)).toBe(true);
    }
  }
  expect((await gateway.get<string>(`${path}?format=text`)).body).toContain("█");
});

test("a pairing code typed into the phone links as well", async () => {
  await gateway.post("/instances", { instanceId: "typed" });
  const asked = await gateway.graphql<{
    requestPairingCode: { pairingCode: { code: string; expiresAt: string } };
  }>(
    `mutation { requestPairingCode(id: "typed", phone: "+55 (11) 99999-0003") {
      ... on Instance { pairingCode { code expiresAt } } ... on Error { code message } } }`,
  );
  const { code } = asked.requestPairingCode.pairingCode;
  expect(code).toMatch(/^[A-Z0-9]{8}$/);
  const event = await gateway.event("typed", "pairing.code");
  expect(event.data).toMatchObject({ pairingCode: { code } });

  const phone = await gateway.wa.account("5511999990003");
  await phone.link({ code });
  expect(await gateway.reaches("typed", "OPEN")).toMatchObject({ phoneNumber: "5511999990003" });
});

test("codes that nobody scans run out: the instance stops, says so once, and the next GET qr starts again", async () => {
  await gateway.post("/instances", { instanceId: "slow" });
  const stopped = await gateway.reaches("slow", "STOPPED");
  expect(stopped.lastDisconnect).toMatchObject({ reason: "QR_EXPIRED" });
  const closes = await gateway.events("slow", "connection.close");
  expect(closes.map(({ data }) => data)).toMatchObject([
    { reason: "QR_EXPIRED", willReconnect: false },
  ]);
  expect((await gateway.events("slow", "qr.update")).length).toBeGreaterThan(1);

  const again = await gateway.get<ShownQr>("/instances/slow/qr");
  expect(again.status).toBe(200);
  const phone = await gateway.wa.account("5511999990004");
  await phone.link(again.body);
  await gateway.reaches("slow", "OPEN");
});

test("who is linked already needs no code: 409 ALREADY_CONNECTED", async () => {
  await gateway.linked("twice", "5511999990005");
  const reply = await gateway.get<ErrorReply>("/instances/twice/qr");
  expect(reply).toMatchObject({ status: 409, body: { error: { code: "ALREADY_CONNECTED" } } });
  expect(reply.body.error.message).toContain("5511999990005");
  const data = await gateway.graphql(
    `mutation { requestQr(id: "twice") { __typename ... on Error { code } } }`,
  );
  expect(data).toEqual({
    requestQr: { __typename: "AlreadyConnectedError", code: "ALREADY_CONNECTED" },
  });
});

test("two instances may be devices of one account, and each sees what the other sends", async () => {
  const phone = await gateway.linked("first", "5511999990006");
  await gateway.linked("second", "5511999990006");
  expect(phone.devices()).toHaveLength(2);
  const contact = await gateway.wa.account("5511999990007");
  const send = { to: contact.phone, message: "from the second" };
  const sent = await gateway.post<ShownSend>("/instances/second/sendMessage", send);
  const event = await gateway.event("first", "message.sent");
  expect(event.data).toMatchObject({ source: "DEVICE", message: { id: sent.body.messageId } });
});

test("a gateway that is restarted while a code waits to be scanned shows a new one", async () => {
  await gateway.post("/instances", { instanceId: "patient" });
  const before = await gateway.get<ShownQr>("/instances/patient/qr");
  await gateway.restart();
  const after = await gateway.get<ShownQr>("/instances/patient/qr");
  expect(after.status).toBe(200);
  expect(after.body.qr).not.toBe(before.body.qr);
  const phone = await gateway.wa.account("5511999990008");
  await phone.link(after.body);
  await gateway.reaches("patient", "OPEN");
});
