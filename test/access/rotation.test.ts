import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rotateKey } from "../../src/commands/rotate-key.ts";
import { type Environment, readConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/store/database.ts";
import { keysFromFile, newKey, writeKeyFile } from "../../src/store/key-file.ts";
import { reseal } from "../../src/store/reseal.ts";
import { createVault } from "../../src/store/vault.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { startReceiver } from "../support/receiver.ts";
import { makeKey } from "./made-key.ts";

/** A gateway with something sealed in every table, and a look at whether all of it is still of use. */
async function populated(env: Environment = {}) {
  const gateway = await startTestGateway({ env });
  const receiver = await startReceiver();
  await gateway.linked("me", "15550000001");
  const bob = await gateway.wa.account("15550000002");
  const hook = await gateway.post<{ id: string; secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.*"],
    headers: { "x-token": "theirs" },
  });
  receiver.trust(hook.body.secret);
  const key = await makeKey(gateway, { scopes: ["instances:read"] });
  await gateway.post("/instances", { instanceId: "behind" });
  await gateway.post("/instances/behind/stop");
  const proxy = "http://joe:secret@proxy.example:8080";
  expect((await gateway.patch("/instances/behind/settings", { proxy })).status).toBe(200);
  let said = 0;
  return {
    gateway,
    config: () => readConfig({ DATA_DIR: gateway.dataDir, ...env }),
    async isOfUse() {
      await gateway.reaches("me", "OPEN");
      said += 1;
      const text = `message ${said}`;
      await bob.send("15550000001", { text });
      await receiver.event("message.received", ({ data }) => data.message?.text === text);
      expect((await key.calls.get("/instances")).status).toBe(200);
      const { body } = await gateway.get("/instances/behind/settings");
      expect(body).toMatchObject({ proxy: { hasCredentials: true } });
      expect((await gateway.get<{ intact: boolean }>("/audit/verify")).body.intact).toBe(true);
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

const fileOf = ({ dataDir }: TestGateway) => join(dataDir, "encryption.key");

test("everything is under a new key, and goes on as before", async () => {
  await using world = await populated();
  const { gateway, config, isOfUse } = world;
  await expect(rotateKey(config())).rejects.toThrow("Another wagraph is running");
  await gateway.stop();
  const old = readFileSync(fileOf(gateway), "utf8");
  copyFileSync(fileOf(gateway), `${fileOf(gateway)}.old`);
  expect(await rotateKey(config())).toMatch(/rows: \d{2,}\) is under a new key/);
  const fresh = readFileSync(fileOf(gateway), "utf8");
  expect(fresh).not.toContain(old.trim());
  await gateway.start();
  await isOfUse();

  // The old key is of no use any more, and the gateway says so instead of making a mess.
  await gateway.stop();
  writeFileSync(fileOf(gateway), old);
  await expect(gateway.start()).rejects.toThrow("was encrypted with another key");
  writeFileSync(fileOf(gateway), fresh);
  await gateway.start();
  await isOfUse();
}, 30_000);

test("a rotation that was cut off loses nothing, and the next one finishes it", async () => {
  await using world = await populated();
  const { gateway, config, isOfUse } = world;
  await gateway.stop();
  const { dataDir } = gateway;
  {
    await using database = await openDatabase({ dataDir, url: config().databaseUrl });
    const [old] = keysFromFile(dataDir);
    const fresh = newKey();
    writeKeyFile(dataDir, [fresh, old]);
    // The power goes off behind the first page.
    let writes = 0;
    const write: typeof database.writer.write = (job) => {
      writes += 1;
      return writes > 1 ? Promise.reject(new Error("no power")) : database.writer.write(job);
    };
    const cutOff = { read: database.read, writer: { ...database.writer, write } };
    await expect(reseal(cutOff, createVault(fresh, [old]))).rejects.toThrow("no power");
  }
  await gateway.start();
  await isOfUse();
  await gateway.stop();
  const [fresh] = keysFromFile(dataDir);
  expect(await rotateKey(config())).toMatch(/is under a new key/);
  expect(keysFromFile(dataDir)).toEqual([fresh]);
  await gateway.start();
  await isOfUse();
}, 30_000);

test("a key of the environment is changed by naming both", async () => {
  const first = Buffer.from(newKey()).toString("base64");
  const second = Buffer.from(newKey()).toString("base64");
  await using world = await populated({ ENCRYPTION_KEY: first });
  const { gateway } = world;
  await gateway.stop();
  const config = (env: Environment) => readConfig({ DATA_DIR: gateway.dataDir, ...env });
  await expect(rotateKey(config({ ENCRYPTION_KEY: first }))).rejects.toThrow(
    "Set ENCRYPTION_KEY to the new key and ENCRYPTION_KEYS_OLD to the present one",
  );
  const both = { ENCRYPTION_KEY: second, ENCRYPTION_KEYS_OLD: first };
  expect(await rotateKey(config(both))).toMatch(/Take ENCRYPTION_KEYS_OLD out/);
  expect(await rotateKey(config(both))).toMatch(/rows: 0/);
  await expect(gateway.start()).rejects.toThrow("was encrypted with another key");
  const after = await openDatabase({
    dataDir: gateway.dataDir,
    url: config({}).databaseUrl,
    encryptionKey: Buffer.from(second, "base64"),
  });
  await after[Symbol.asyncDispose]();
}, 20_000);
