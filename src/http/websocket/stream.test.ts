import { expect, test } from "vitest";
import { whileOpen } from "./stream.ts";

async function* count(told: string[]): AsyncGenerator<number> {
  try {
    for (let index = 0; ; index += 1) yield index;
  } finally {
    told.push("returned");
  }
}

const mask = (error: unknown): Error => new Error("masked", { cause: error });

test("nothing more is asked for once the socket is closed", async () => {
  const told: string[] = [];
  let open = true;
  const stream = whileOpen(count(told), {
    isOpen: () => open,
    leave: () => told.push("left"),
    mask,
  });
  const seen: number[] = [];
  for await (const item of stream) {
    seen.push(item);
    if (item === 2) open = false;
  }
  expect(seen).toEqual([0, 1, 2]);
  expect(told).toEqual(["left", "returned"]);
});

test("a source that waits is told before it is returned from", async () => {
  const left = Promise.withResolvers<void>();
  const waiting = (async function* () {
    await left.promise;
    yield 1;
  })();
  const stream = whileOpen(waiting, { isOpen: () => true, leave: left.resolve, mask });
  const pending = stream.next();
  expect(await stream.return?.()).toEqual({ done: true, value: undefined });
  expect(await pending).toEqual({ done: false, value: 1 });
});

test("what a source throws is masked", async () => {
  const broken = (async function* () {
    yield 1;
    throw new Error("secret");
  })();
  const stream = whileOpen(broken, { isOpen: () => true, leave: () => {}, mask });
  await stream.next();
  await expect(stream.next()).rejects.toThrow("masked");
});
