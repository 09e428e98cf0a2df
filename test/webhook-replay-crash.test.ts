import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Receiver } from "../src/webhooks/testing/receiver.ts";
import { newDataDir, openRoom, textsOf } from "../src/webhooks/testing/room.ts";

const CHILD = fileURLToPath(new URL("support/replay-child.ts", import.meta.url));

/** Three pages of a replay. */
const EVENTS = 1_500;

/** For a process to start, and for all deliveries on a busy machine. In milliseconds. */
const PATIENT = { timeout: 30_000, interval: 5 } as const;

test("a replay survives kill -9 again and again: nothing is left out, and every chat keeps its order", async () => {
  using dir = newDataDir();
  await using receiver = await Receiver.start();
  await using killing = new AsyncDisposableStack();
  const start = (...more: string[]): ChildProcess => {
    const child = spawn(process.execPath, [CHILD, dir.path, ...more], { stdio: "inherit" });
    killing.defer(() => kill(child));
    return child;
  };

  const first = start(receiver.url, String(EVENTS));
  const [code, signal] = (await once(first, "exit")) as [number | null, string | null];
  expect([code, signal]).toEqual([null, "SIGKILL"]);
  const seen = new Set(textsOf(receiver.bodies)).size;
  expect(seen).toBeLessThan(EVENTS);
  const second = start();
  await expect
    .poll(() => new Set(textsOf(receiver.bodies)).size, PATIENT)
    .toBeGreaterThan(seen + 50);
  await kill(second);
  expect(new Set(textsOf(receiver.bodies)).size).toBeLessThan(EVENTS);

  await using room = await openRoom(dir.path);
  await expect.poll(() => new Set(textsOf(receiver.bodies)).size, PATIENT).toBe(EVENTS);
  for (let chat = 0; chat < 7; chat += 1) {
    const theirs = textsOf(receiver.bodies)
      .map(Number)
      .filter((at) => at % 7 === chat);
    // What was under way at a kill comes twice; what comes for the first time comes in order.
    const firsts = [...new Set(theirs)];
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
  }
  const [webhook] = await room.webhooks.list();
  const [replay] = await room.webhooks.replays(webhook?.id ?? "", 1);
  expect(replay).toMatchObject({ total: EVENTS, examined: EVENTS, queued: EVENTS });
  // At most what was under way at each kill was sent again.
  expect(receiver.received.length).toBeLessThanOrEqual(EVENTS + 2 * 8);
}, 90_000);

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
