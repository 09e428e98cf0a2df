import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

const BOB = "5511999990002";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

test("an instance is stopped, started, logged out, and linked by a code", async () => {
  await gateway.linked("acted-on", "5511999990007");
  const act = (action: string) => gateway.post(`/instances/acted-on/${action}`);
  expect(await act("stop")).toMatchObject({ status: 202, body: { status: "STOPPED" } });
  expect(await act("start")).toMatchObject({ status: 202, body: { instanceId: "acted-on" } });
  await gateway.reaches("acted-on", "OPEN");
  expect(await act("logout")).toMatchObject({ status: 202, body: { status: "LOGGED_OUT" } });
  const { status, body } = await gateway.post<{ code: string; expiresAt: string }>(
    "/instances/acted-on/pairingCode",
    { phone: "+55 11 99999-0007" },
  );
  expect(status).toBe(200);
  expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now());
  await (await gateway.wa.account("5511999990007")).link({ code: body.code });
  await gateway.reaches("acted-on", "OPEN");
});

test("a scheduled message is taken back", async () => {
  const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
  const body = { to: BOB, message: "later", scheduledAt };
  await gateway.linked("patient", "5511999990008");
  const sent = await gateway.post<ShownSend>("/instances/patient/sendMessage", body);
  expect(sent).toMatchObject({ status: 202, body: { status: "QUEUED" } });
  interface Listed {
    readonly id: string;
    readonly scheduledAt: string | null;
  }
  const listed = (query: string) =>
    gateway.get<readonly Listed[]>(`/instances/patient/messages?${query}`);
  await gateway.post("/instances/patient/sendMessage", { to: BOB, message: "now" });
  const waiting = await listed("scheduled=true");
  expect(waiting.body).toMatchObject([{ id: sent.body.messageId, scheduledAt }]);
  expect((await listed("status=QUEUED,SENDING")).body).toMatchObject(waiting.body);
  expect((await listed("scheduled=false")).body).toMatchObject([{ text: "now" }]);
  expect((await listed("status=SOON")).status).toBe(400);
  const path = `/instances/patient/messages/${sent.body.messageId}/cancel`;
  expect(await gateway.post(path)).toMatchObject({ status: 200, body: { status: "CANCELLED" } });
  expect((await listed("scheduled=true")).body).toEqual([]);
});
