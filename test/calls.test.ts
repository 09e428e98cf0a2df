import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(() => gateway[Symbol.asyncDispose]());

const rings = (id: string) =>
  gateway.event("me", "call", ({ data }) => (data["call"] as { id: string }).id === id);

test("a call that rings is refused: the caller sees it, and all are told", async () => {
  const { id } = await alice.call(ME, { video: true });
  await rings(id);
  const path = `/instances/me/calls/${id}/reject`;
  expect(await gateway.post(path)).toMatchObject({
    status: 200,
    body: { callId: id, status: "REJECTED", caller: { pn: alice.jid } },
  });
  expect(alice.calls.at(-1)).toEqual({ id, to: ME, state: "rejected" });
  const told = (await gateway.events("me", "call")).map(({ data }) => data["call"]);
  expect(told).toMatchObject([
    { id, status: "OFFERED", isVideo: true },
    { id, status: "REJECTED", isVideo: null },
  ]);
  expect(await gateway.post(path)).toMatchObject({
    status: 404,
    body: { error: { code: "CALL_NOT_FOUND" } },
  });
});

test("a call that has ended, or rang while nobody was here, is none to refuse", async () => {
  const over = await alice.call(ME);
  await rings(over.id);
  await alice.endCall(over.id, "timeout");
  await gateway.event("me", "call", ({ data }) => JSON.stringify(data).includes("TIMED_OUT"));
  await gateway.stop();
  const missed = await alice.call(ME);
  await gateway.start();
  await rings(missed.id);
  await gateway.reaches("me", "OPEN");
  for (const id of [over.id, missed.id, "nope"]) {
    const reply = await gateway.post(`/instances/me/calls/${id}/reject`);
    expect(reply).toMatchObject({ status: 404, body: { error: { code: "CALL_NOT_FOUND" } } });
  }
});
