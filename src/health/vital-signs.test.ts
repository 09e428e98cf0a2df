import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { VitalSignsMonitor } from "./vital-signs.ts";

test("samples are taken while it runs, and no more than an hour of them is kept", async () => {
  using monitor = new VitalSignsMonitor(1);
  const [first] = monitor.read();
  await expect.poll(() => monitor.read()).toHaveLength(241);
  await expect
    .poll(() => monitor.read()[0]?.at.getTime())
    .toBeGreaterThan(first?.at.getTime() ?? 0);
  const signs = monitor.read();
  expect(signs).toHaveLength(241);
  const times = signs.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  monitor[Symbol.dispose]();
  const kept = monitor.read()[0];
  await sleep(20);
  expect(monitor.read()[0]).toBe(kept);
});

test("a turn of the event loop that takes long is seen", async () => {
  using monitor = new VitalSignsMonitor(60_000);
  // It counts from its first look on.
  await sleep(60);
  const until = performance.now() + 200;
  while (performance.now() < until);
  await expect.poll(() => monitor.read().at(-1)?.eventLoopDelay).toBeGreaterThan(100);
});
