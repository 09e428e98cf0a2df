import { expect, test } from "vitest";
import { OutboundError } from "./errors.ts";
import { established, startSocket } from "./socket.ts";
import { loopback } from "./testing/loopback.ts";
import { startReceiver } from "./testing/receiver.ts";

test("the peer is judged once more when the connection stands, before a byte is sent", async () => {
  await using receiver = await startReceiver();
  const closed = receiver.nextClose();
  const { port } = receiver;
  const target = { host: "receiver.test", port, secure: false, answers: [loopback] };
  const socket = startSocket(target);
  const refusal = new OutboundError("BLOCKED_ADDRESS", "not this one");
  const judged: string[] = [];
  const attempt = established(
    socket,
    target,
    (address) => {
      judged.push(address);
      throw refusal;
    },
    new AbortController().signal,
  );
  await expect(attempt).rejects.toBe(refusal);
  expect(judged).toEqual([loopback.address]);
  expect(socket.destroyed).toBe(true);
  await closed;
});
