import { expect, test } from "vitest";
import { startDeadline } from "./deadline.ts";

test("time that runs out aborts and is told from other endings", async () => {
  using deadline = startDeadline(5);
  await expect.poll(() => deadline.signal.aborted).toBe(true);
  expect(deadline.expired).toBe(true);
  expect(deadline.signal.reason).toMatchObject({ name: "TimeoutError" });
});

test("a given signal ends it with its own reason, also when it is aborted already", () => {
  const controller = new AbortController();
  using running = startDeadline(1_000, [undefined, controller.signal]);
  controller.abort("enough");
  using late = startDeadline(1_000, [controller.signal]);
  for (const deadline of [running, late]) {
    expect(deadline.signal.reason).toBe("enough");
    expect(deadline.expired).toBe(false);
  }
});

test("once disposed it neither fires nor follows", async () => {
  const controller = new AbortController();
  const deadline = startDeadline(5, [controller.signal]);
  deadline[Symbol.dispose]();
  deadline[Symbol.dispose]();
  controller.abort();
  await new Promise((done) => setTimeout(done, 15));
  expect(deadline.signal.aborted).toBe(false);
});
