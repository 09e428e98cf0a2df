import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("a call rings until it is ended, once, and waits for a device that is away", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  const heard: unknown[] = [];
  const listen = () =>
    client.socket.ev.on("call", (calls) =>
      heard.push(...calls.map(({ id, status }) => [id, status])),
    );
  listen();
  const { id } = await alice.call(ME, { video: true });
  await expect.poll(() => heard).toEqual([[id, "offer"]]);
  await alice.endCall(id);
  await expect.poll(() => heard).toHaveLength(2);
  expect(heard[1]).toEqual([id, "terminate"]);
  expect(alice.calls).toEqual([{ id, to: ME, state: "hangup" }]);
  await expect(alice.endCall(id)).rejects.toMatchObject({ code: "CALL_NOT_FOUND" });
  await expect(alice.call("5511999990003")).rejects.toMatchObject({ code: "ACCOUNT_NOT_FOUND" });
});

test("a linked device refuses a call: the caller sees it, and so do its other devices", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  await using other = await Client.linked(wa, me);
  const heard: string[] = [];
  other.socket.ev.on("call", (calls) => heard.push(...calls.map(({ status }) => status)));
  const offered = new Promise<{ id: string; from: string }>((resolve) =>
    client.socket.ev.on("call", ([call]) => call && resolve(call)),
  );
  const { id } = await alice.call(ME);
  const { from } = await offered;
  await client.socket.rejectCall(id, ME);
  expect(alice.calls).toEqual([{ id, to: ME, state: "ringing" }]);
  await client.socket.rejectCall(id, from);
  expect(alice.calls).toEqual([{ id, to: ME, state: "rejected" }]);
  await expect.poll(() => heard).toEqual(["offer", "reject"]);
});
