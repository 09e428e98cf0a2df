import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withLock } from "../scripts/preparation/lock.mjs";
import { prepare } from "../scripts/preparation/steps.mjs";

const silent = (): void => undefined;

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "wagraph-prepare-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A process id that belonged to somebody a moment ago. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a step runs once, and again when its input or its output changes", async () => {
  await using folder = await temporaryFolder();
  const root = folder.path;
  let runs = 0;
  const step = {
    name: "copy",
    message: "copying",
    inputs: ["in"],
    outputs: ["out"],
    run: async () => {
      runs += 1;
      await writeFile(join(root, "out"), await readFile(join(root, "in")));
    },
  };
  await writeFile(join(root, "in"), "one");
  await prepare(root, [step], silent);
  await prepare(root, [step], silent);
  expect(runs).toBe(1);

  // A newer time alone is not a change: git sets it at every checkout.
  await utimes(join(root, "in"), new Date(), new Date(Date.now() + 60_000));
  await prepare(root, [step], silent);
  expect(runs).toBe(1);

  await writeFile(join(root, "in"), "two");
  await prepare(root, [step], silent);
  expect(runs).toBe(2);

  await rm(join(root, "out"));
  await prepare(root, [step], silent);
  expect(runs).toBe(3);
});

test("a step that failed half-way is not taken for done, even with its old input back", async () => {
  await using folder = await temporaryFolder();
  const root = folder.path;
  let broken = false;
  let runs = 0;
  const step = {
    name: "write",
    message: "writing",
    inputs: ["in"],
    outputs: ["out"],
    run: async () => {
      runs += 1;
      await writeFile(join(root, "out"), broken ? "half" : "whole");
      if (broken) throw new Error("no space left");
    },
  };
  await writeFile(join(root, "in"), "one");
  await prepare(root, [step], silent);
  broken = true;
  await writeFile(join(root, "in"), "two");
  await expect(prepare(root, [step], silent)).rejects.toThrow("no space left");
  broken = false;
  await writeFile(join(root, "in"), "one");
  await prepare(root, [step], silent);
  expect(runs).toBe(3);
  expect(await readFile(join(root, "out"), "utf8")).toBe("whole");
});

test("two processes never hold the lock at once, and nothing stays behind", async () => {
  await using folder = await temporaryFolder();
  const lock = join(folder.path, "lock");
  const inside = join(folder.path, "inside");
  const module = new URL("../scripts/preparation/lock.mjs", import.meta.url).href;
  const program = `
    import { rmSync, writeFileSync } from "node:fs";
    import { setTimeout } from "node:timers/promises";
    import { withLock } from ${JSON.stringify(module)};
    await withLock(${JSON.stringify(lock)}, () => {}, async () => {
      writeFileSync(${JSON.stringify(inside)}, "", { flag: "wx" });
      await setTimeout(20);
      rmSync(${JSON.stringify(inside)});
    });`;
  // They also find the lock of a dead process, and race to break it.
  await writeFile(lock, `${await deadPid()} ${hostname()}`);
  const exits = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: "ignore",
      });
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    }),
  );
  expect(exits).toEqual([0, 0, 0, 0]);
  expect(existsSync(lock)).toBe(false);
});

test("a living holder is waited for, and named once", async () => {
  await using folder = await temporaryFolder();
  const lock = join(folder.path, "lock");
  await writeFile(lock, `${process.ppid} ${hostname()}`);
  const said: string[] = [];
  const waiting = withLock(
    lock,
    (line) => said.push(line),
    async () => "entered",
  );
  await expect.poll(() => said.length).toBe(1);
  expect(said[0]).toContain(String(process.ppid));
  await rm(lock);
  expect(await waiting).toBe("entered");
  expect(said).toHaveLength(1);
});

test("a holder that has long been silent is dead, whoever has its number now", async () => {
  await using folder = await temporaryFolder();
  const lock = join(folder.path, "lock");
  await writeFile(lock, `${process.ppid} ${hostname()}`);
  const longAgo = new Date(Date.now() - 10 * 60_000);
  await utimes(lock, longAgo, longAgo);
  expect(await withLock(lock, silent, async () => "entered")).toBe("entered");
});

test("the lock is free again after work that failed", async () => {
  await using folder = await temporaryFolder();
  const lock = join(folder.path, "lock");
  await expect(withLock(lock, silent, () => Promise.reject(new Error("broken")))).rejects.toThrow(
    "broken",
  );
  expect(existsSync(lock)).toBe(false);
});
