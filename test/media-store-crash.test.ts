import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSimulator } from "../simulator/index.ts";
import { callsTo } from "./support/calls.ts";
import { startTestGateway } from "./support/gateway.ts";
import { copyReaches, isStored, read, sendPicture } from "./support/media-copies.ts";
import { startProcess } from "./support/processes.ts";
import { tempDir } from "./support/temp-database.ts";

const ME = "5511999990001";

test("a copy that was half made when the process was killed is made at the next start, and the half is gone", async () => {
  await using wa = await startSimulator();
  using dir = tempDir();
  {
    await using gateway = await startTestGateway({ wa, dataDir: dir.path });
    await gateway.linked("me", ME);
  }
  const env = { DATA_DIR: dir.path, WHATSAPP_URL: wa.url, MEDIA_STORE: "disk" };
  const filesIn = (folder: string) => readdirSync(join(dir.path, "media", folder));
  const alice = await wa.account("5511999990002");
  const me = await wa.account(ME);
  const bytes = randomBytes(400_000);
  let id = "";
  {
    await using first = await startProcess(env);
    wa.fault({ kind: "mediaStall" });
    ({ id } = await sendPicture(alice, ME, bytes));
    await expect.poll(() => filesIn(".unfinished").length, { timeout: 10_000 }).toBe(1);
    await copyReaches(callsTo(first.url), id, (copy) => copy?.state === "PENDING");
    first.signal("SIGKILL");
    await first.exited;
  }
  expect(filesIn(".unfinished")).toHaveLength(1);
  wa.clearFaults();
  await using second = await startProcess(env);
  const { media } = await copyReaches(callsTo(second.url), id, isStored);
  expect(filesIn(".unfinished")).toEqual([]);
  const names = filesIn("me");
  expect(names).toHaveLength(1);
  expect(readFileSync(join(dir.path, "media", "me", names[0] ?? "")).equals(bytes)).toBe(true);
  wa.expireMedia();
  await me.deleteFiles();
  expect((await read(media.url)).bytes).toEqual(bytes);
}, 60_000);

test("a download that hangs does not hold up the end of the gateway", async () => {
  await using gateway = await startTestGateway({ env: { MEDIA_STORE: "disk" } });
  await gateway.linked("me", ME);
  gateway.wa.fault({ kind: "mediaStall" });
  const alice = await gateway.wa.account("5511999990002");
  const { id } = await sendPicture(alice, ME, randomBytes(400_000));
  await copyReaches(gateway, id, (copy) => copy?.state === "PENDING");
  const unfinished = join(gateway.dataDir, "media", ".unfinished");
  await expect.poll(() => readdirSync(unfinished).length).toBe(1);
  const began = performance.now();
  await gateway.stop();
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(readdirSync(unfinished)).toEqual([]);
});
