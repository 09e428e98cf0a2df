import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("a small buffer that is kept keeps no large block", () => {
  const runtime = fileURLToPath(new URL("../bin/runtime.mjs", import.meta.url));
  // The first block is as large as Node has it, and is used up.
  const script = `
    for (let at = 0; at < 20; at += 1) Buffer.allocUnsafe(4_000);
    console.log(Buffer.from("a key").buffer.byteLength);`;
  const printed = execFileSync(process.execPath, ["--import", runtime, "--eval", script]);
  expect(Number(printed)).toBe(8_192);
});
