import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempDir } from "../../../test/support/temp-database.ts";
import { newId } from "../../lib/ids.ts";
import { createStaging } from "./staging.ts";

test("files that a crash left without a message go, those that a message waits for and new ones stay", async () => {
  using dir = tempDir();
  const [orphan, waiting, start, fresh] = [newId(), newId(), newId(), newId()];
  for (const name of [orphan, waiting, fresh]) writeFileSync(join(dir.path, name), "x");
  const staging = createStaging(dir.path, () => Promise.reject(new Error("not used")));
  await staging.sweep(start, (names) => {
    expect(names.toSorted()).toEqual([orphan, waiting]);
    return Promise.resolve(new Set([waiting]));
  });
  expect(readdirSync(dir.path).toSorted()).toEqual([waiting, fresh]);
});
