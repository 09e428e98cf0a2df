import { globSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

/** What one may download in all, so that it opens at once on a slow line. */
const MOST_BYTES = 150_000;

test("all pages in one language are less than 150 kB of packed JavaScript", () => {
  const files = globSync("dashboard/dist/assets/*.js");
  expect(files.length).toBeGreaterThan(5);
  // Of the other languages nobody loads more than their own.
  const loaded = files.filter((file) => !/\/(es|pt)-/.test(file));
  expect(files.length - loaded.length).toBe(2);
  const bytes = loaded.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  process.stdout.write(
    `dashboard: ${bytes} bytes of packed JavaScript in ${loaded.length} files\n`,
  );
  expect(bytes).toBeLessThan(MOST_BYTES);
});
