import { expect, test } from "vitest";
import { startSimulator, type Simulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

async function call(wa: Simulator, method: string, path: string, body?: unknown) {
  const response = await fetch(`${wa.controlUrl}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { "content-type": "application/json" },
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const answer: unknown = isJson && text !== "" ? JSON.parse(text) : text;
  return { status: response.status, body: answer };
}

/** The matcher as a value of no particular type. */
function like(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

test("a whole conversation over HTTP", async () => {
  await using wa = await startSimulator();
  expect(await call(wa, "POST", "/accounts", { phone: `+${ME}`, name: "Me" })).toEqual({
    status: 201,
    body: { phone: ME, name: "Me", jid: `${ME}@s.whatsapp.net`, lid: `1005511999990001@lid` },
  });
  await call(wa, "POST", "/accounts", { phone: ALICE, name: "Alice" });

  await using client = new Client(wa);
  const qr = client.next((update) => update.qr);
  const opened = client.opened();
  client.connect();
  const linked = await call(wa, "POST", `/accounts/${ME}/link`, { qr: await qr });
  expect(linked).toEqual({ status: 200, body: { device: 1 } });
  await opened;
  const devices = await call(wa, "GET", `/accounts/${ME}/devices`);
  expect(devices.body).toMatchObject([{ device: 1, online: true }]);

  const sent = await call(wa, "POST", `/accounts/${ALICE}/messages`, { to: ME, text: "hello" });
  expect(sent).toEqual({ status: 201, body: { id: like(/^3EB0/) } });
  const base64 = Buffer.from("a picture").toString("base64");
  const image = { base64, mimetype: "image/png", caption: "look" };
  await call(wa, "POST", `/accounts/${ALICE}/messages`, { to: ME, image });
  await expect.poll(() => client.messages.length).toBe(2);

  const reply = await client.socket.sendMessage(`${ALICE}@s.whatsapp.net`, { text: "hi" });
  const inbox = `/accounts/${ALICE}/messages?from=${ME}`;
  await expect
    .poll(async () => (await call(wa, "GET", inbox)).body)
    .toMatchObject([{ id: reply?.key.id, from: ME, to: ALICE, type: "text", text: "hi" }]);
  expect((await call(wa, "GET", `/accounts/${ALICE}/messages?from=${ALICE}`)).body).toEqual([]);

  const receipt = { to: ME, ids: [reply?.key.id], type: "read" };
  expect((await call(wa, "POST", `/accounts/${ALICE}/receipts`, receipt)).status).toBe(204);
  await expect.poll(() => client.stanzas.some(({ attrs }) => attrs["type"] === "read")).toBe(true);
  const receipts = await call(wa, "GET", `/accounts/${ALICE}/receipts`);
  expect(receipts.body).toContainEqual(expect.objectContaining({ from: ME, type: "delivered" }));

  const group = await call(wa, "POST", "/groups", { subject: "Us", participants: [ALICE, ME] });
  expect(group).toMatchObject({ status: 201, body: { id: like(/@g\.us$/) } });
  const { id: groupId } = group.body as { id: string };
  const changed = await call(wa, "PATCH", `/groups/${groupId}`, {
    by: ALICE,
    subject: "All of us",
    joinApproval: true,
  });
  expect(changed.status).toBe(200);
  expect(await call(wa, "GET", `/groups/${groupId}`)).toEqual(changed);
  expect(changed.body).toMatchObject({ subject: "All of us", joinApproval: true, requests: [] });

  expect((await call(wa, "POST", "/faults", { kind: "ackError", phone: ME })).status).toBe(204);
  expect((await call(wa, "DELETE", "/faults")).status).toBe(204);
  expect((await call(wa, "GET", "/stats")).body).toMatchObject({ logins: 1, messagesAccepted: 1 });
  expect((await call(wa, "GET", "/ca.pem")).body).toBe(wa.caPem);

  const closed = client.closed();
  expect((await call(wa, "DELETE", `/accounts/${ME}/devices/1`)).status).toBe(204);
  expect(await closed).toBe(401);
});

test.for([
  ["POST", "/accounts", "{", 400, "BAD_REQUEST"],
  ["POST", "/accounts", "[]", 400, "BAD_REQUEST"],
  ["POST", "/accounts", { phone: "abc" }, 400, "BAD_REQUEST"],
  ["POST", "/accounts", { phone: ME, addressing: "x" }, 400, "BAD_REQUEST"],
  ["POST", "/accounts", {}, 400, "BAD_REQUEST"],
  ["POST", `/accounts/${ME}/messages`, { to: ME }, 400, "BAD_REQUEST"],
  ["POST", `/accounts/${ME}/messages`, { to: ALICE, text: "x" }, 404, "ACCOUNT_NOT_FOUND"],
  ["POST", `/accounts/${ME}/messages`, { to: "1@g.us", text: "x" }, 404, "GROUP_NOT_FOUND"],
  ["POST", `/accounts/${ME}/messages`, { to: ME, image: { base64: "%" } }, 400, "BAD_REQUEST"],
  ["POST", `/accounts/${ME}/messages`, { to: ME, image: 1 }, 400, "BAD_REQUEST"],
  ["POST", `/accounts/${ALICE}/messages`, { to: ME, text: "x" }, 404, "ACCOUNT_NOT_FOUND"],
  ["POST", `/accounts/${ME}/receipts`, { to: ME, ids: "1", type: "read" }, 400, "BAD_REQUEST"],
  ["POST", `/accounts/${ME}/receipts`, { to: ME, ids: [], type: "read" }, 400, "BAD_REQUEST"],
  ["POST", `/accounts/${ME}/link`, {}, 400, "BAD_REQUEST"],
  ["GET", "/groups/1@g.us", undefined, 404, "GROUP_NOT_FOUND"],
  ["POST", "/faults", { kind: "nonsense" }, 400, "BAD_REQUEST"],
  ["POST", "/faults", { kind: "slow", ms: -1 }, 400, "BAD_REQUEST"],
  ["DELETE", `/accounts/${ME}/devices/7`, undefined, 404, "DEVICE_NOT_FOUND"],
  ["DELETE", `/accounts/${ME}/devices/x`, undefined, 400, "BAD_REQUEST"],
  ["GET", "/accounts/%E0%A4%A/messages", undefined, 400, "BAD_REQUEST"],
  ["GET", "/nothing", undefined, 404, "NOT_FOUND"],
  ["PUT", "/accounts", {}, 405, "METHOD_NOT_ALLOWED"],
  ["GET", "/faults", undefined, 405, "METHOD_NOT_ALLOWED"],
] as const)("%s %s with %j is refused with %i", async ([method, path, body, status, code]) => {
  await using wa = await startSimulator();
  await wa.account(ME);
  expect(await call(wa, method, path, body)).toEqual({
    status,
    body: { error: { code, message: like(/./) } },
  });
});

test("only JSON is taken", async () => {
  await using wa = await startSimulator();
  const response = await fetch(`${wa.controlUrl}/accounts`, { method: "POST", body: "phone=1" });
  expect(response.status).toBe(415);
});
