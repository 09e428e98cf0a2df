import { mkdtempDisposable, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useMultiFileAuthState } from "@whiskeysockets/baileys";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../simulator/testing/client.ts";
import type { Account } from "../simulator/index.ts";
import { importBaileys } from "../src/commands/import-baileys.ts";
import { readConfig } from "../src/config.ts";
import { makeKey } from "./access/made-key.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

const ALICE = "5511999990002";
/** Making a key of a passphrase is slow on purpose (milliseconds). */
const DERIVING = { timeout: 90_000 };
const PASSPHRASE = "correct horse battery";

let gateway: TestGateway;
let alice: Account;
let next = 0;
beforeAll(async () => {
  gateway = await startTestGateway();
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
});

const newPhone = () => `55119888${String((next += 1)).padStart(5, "0")}`;

interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly phone: string;
  /** Its files by their names. */
  files(): Promise<Record<string, string>>;
}

/** What stock Baileys leaves of a linked session that has talked to Alice and in a group. */
async function baileysFolder(): Promise<Folder> {
  const phone = newPhone();
  const account = await gateway.wa.account(phone);
  const folder = await mkdtempDisposable(join(tmpdir(), "wagraph-auth-"));
  const { state, saveCreds } = await useMultiFileAuthState(folder.path);
  await using client = new Client(gateway.wa, undefined, state.creds, state.keys);
  const qr = client.next((update) => update.qr);
  client.connect();
  await Promise.all([account.link({ qr: await qr }), client.opened()]);
  const group = await gateway.wa.group({ subject: "old friends", participants: [ALICE, phone] });
  await alice.send(phone, { text: "to Baileys" });
  await alice.send(group, { text: "to all" });
  await expect.poll(() => client.texts()).toEqual(expect.arrayContaining(["to Baileys", "to all"]));
  await client.socket.sendMessage(alice.jid, { text: `from Baileys ${phone}` });
  await alice.waitFor(({ text }) => text === `from Baileys ${phone}`);
  await saveCreds();
  return {
    path: folder.path,
    phone,
    async files() {
      const names = await readdir(folder.path);
      const read = async (name: string) =>
        [name, await readFile(join(folder.path, name), "utf8")] as const;
      return Object.fromEntries(await Promise.all(names.map(read)));
    },
    [Symbol.asyncDispose]: () => folder.remove(),
  };
}

/** Both directions, over the sessions that were there before. */
async function talks(where: TestGateway, id: string, phone: string): Promise<void> {
  const text = `hello ${id}`;
  await alice.send(phone, { text });
  await where.event(id, "message.received", ({ data }) => data.message?.text === text);
  const sent = await where.post<ShownSend>(`/instances/${id}/sendMessage`, {
    to: ALICE,
    message: `back from ${id}`,
  });
  expect(sent.status).toBe(200);
  await alice.waitFor(({ text: said }) => said === `back from ${id}`);
}

const refusal = async (body: unknown) => {
  const answer = await gateway.post<ErrorReply>("/credentials", body);
  return [answer.status, answer.body.error.code, answer.body.error.message] as const;
};
const isThere = async (id: string) => (await gateway.get(`/instances/${id}/status`)).status === 200;

test("a session of stock Baileys moves in without a scan, receives and sends", async () => {
  await using folder = await baileysFolder();
  const files = await folder.files();
  expect(Object.keys(files).length).toBeGreaterThan(800);
  const undecryptable = gateway.wa.stats["retries"] ?? 0;
  const answer = await gateway.post<{ instanceId: string }>("/credentials", {
    instanceId: "moved",
    files,
  });
  expect([answer.status, answer.body.instanceId]).toEqual([201, "moved"]);
  expect(await gateway.reaches("moved", "OPEN")).toMatchObject({ phoneNumber: folder.phone });
  await talks(gateway, "moved", folder.phone);
  // In the group too, whose sender key came before.
  const group = await gateway.wa.group({ subject: "new", participants: [ALICE, folder.phone] });
  await alice.send(group, { text: "group, moved" });
  await gateway.event(
    "moved",
    "message.received",
    ({ data }) => data.message?.text === "group, moved",
  );
  expect(gateway.wa.stats["retries"] ?? 0).toBe(undecryptable);
  expect((await gateway.events("moved", "qr.update")).length).toBe(0);
  expect((await gateway.events("moved", "instance.created")).length).toBe(1);
});

test("the folder as one uploaded JSON file moves in as well", async () => {
  await using folder = await baileysFolder();
  const form = new FormData();
  form.append("instanceId", "uploaded");
  form.append("file", new Blob([JSON.stringify(await folder.files())]), "auth.json");
  const { status } = await gateway.send("POST", "/credentials", { body: form });
  expect(status).toBe(201);
  await gateway.reaches("uploaded", "OPEN");
  await talks(gateway, "uploaded", folder.phone);
});

test("the command reads a folder into a stopped gateway, which connects at its start", async () => {
  await using other = await startTestGateway({ wa: gateway.wa });
  await using folder = await baileysFolder();
  const config = readConfig({ DATA_DIR: other.dataDir });
  await expect(importBaileys(config, [folder.path, "shop"])).rejects.toThrow("Another wagraph");
  await other.stop();
  await expect(importBaileys(config, [folder.path])).rejects.toThrow("npm run import-baileys");
  await expect(importBaileys(config, [folder.path, "no good"])).rejects.toThrow("cannot name");
  expect(await importBaileys(config, [folder.path, "shop"])).toContain(folder.phone);
  await expect(importBaileys(config, [folder.path, "shop"])).rejects.toThrow("already");
  await other.start();
  await other.reaches("shop", "OPEN");
  await talks(other, "shop", folder.phone);
});

test(
  "a session goes from one gateway to another, which stops it in the first",
  DERIVING,
  async () => {
    await using other = await startTestGateway({ wa: gateway.wa });
    const phone = newPhone();
    await gateway.linked("here", phone);
    await talks(gateway, "here", phone);
    const exported = await gateway.send<string>("POST", "/instances/here/credentials", {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ passphrase: PASSPHRASE }),
    });
    expect(exported.status).toBe(200);
    expect(exported.headers.get("content-disposition")).toContain("here.wagraph-credentials");
    expect((await gateway.status("here")).status).toBe("STOPPED");
    // The same once more, as GraphQL says it.
    const { exportCredentials: file } = await gateway.graphql<{
      exportCredentials: { base64: string };
    }>(
      `mutation ($passphrase: String!) { exportCredentials(instanceId: "here", passphrase: $passphrase) {
      ... on ExportedCredentials { base64 } } }`,
      { passphrase: PASSPHRASE },
    );
    expect(Buffer.from(file.base64, "base64").toString("latin1")).toMatch(/^WAGRAPH-CREDENTIALS/);
    expect(file.base64).not.toContain(Buffer.from(phone).toString("base64").slice(0, 12));
    const answer = await other.post("/credentials", {
      instanceId: "there",
      passphrase: PASSPHRASE,
      base64: file.base64,
    });
    expect(answer.status).toBe(201);
    expect(await other.reaches("there", "OPEN")).toMatchObject({ phoneNumber: phone });
    await talks(other, "there", phone);
    const { body } = await gateway.get<{ entries: readonly { action: string; target: string }[] }>(
      "/audit?action=exportCredentials",
    );
    expect(JSON.stringify(body)).toContain("here");
    expect(JSON.stringify(body)).not.toContain(PASSPHRASE);
  },
);

describe("what cannot be taken over leaves nothing behind", () => {
  test("a wrong passphrase, a changed file, one that is cut off", DERIVING, async () => {
    const phone = newPhone();
    await gateway.linked("sealed", phone);
    const { exportCredentials } = await gateway.graphql<{ exportCredentials: { base64: string } }>(
      `mutation { exportCredentials(instanceId: "sealed", passphrase: "${PASSPHRASE}") {
        ... on ExportedCredentials { base64 } } }`,
    );
    const bytes = Buffer.from(exportCredentials.base64, "base64");
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(200) ^ 1, 200);
    const body = { instanceId: "never", passphrase: PASSPHRASE };
    const asked = async (file: Buffer, passphrase?: string) =>
      (await refusal({ ...body, passphrase, base64: file.toString("base64") })).slice(0, 2);
    expect(await asked(bytes, "correct horse batters")).toEqual([422, "PASSPHRASE_WRONG"]);
    expect(await asked(changed, PASSPHRASE)).toEqual([422, "PASSPHRASE_WRONG"]);
    expect(await asked(bytes.subarray(0, 30), PASSPHRASE)).toEqual([422, "CREDENTIALS_INVALID"]);
    expect(await asked(bytes)).toEqual([400, "BAD_INPUT"]);
    expect(await asked(Buffer.from("junk"), PASSPHRASE)).toEqual([422, "CREDENTIALS_INVALID"]);
    expect(await isThere("never")).toBe(false);
  });

  test("files that are missing, broken, or of a device that was never linked", async () => {
    await using folder = await baileysFolder();
    const files = await folder.files();
    const { "creds.json": creds = "", ...rest } = files;
    const asked = (some: Readonly<Record<string, unknown>>) =>
      refusal({ instanceId: "never", files: some });
    expect(await asked(rest)).toEqual([
      422,
      "CREDENTIALS_INVALID",
      expect.stringContaining("creds.json"),
    ]);
    const broken: readonly (readonly [string, string])[] = [
      ["creds.json", creds.slice(0, 100)],
      ["creds.json", "null"],
      ["creds.json", JSON.stringify({ ...JSON.parse(creds), account: undefined })],
      ["creds.json", JSON.stringify({ ...JSON.parse(creds), noiseKey: {} })],
      ["pre-key-1.json", "{}"],
      ["session-1_1.0.json", "[1, 2"],
      ["sender-key-1@g.us--1--0.json", '"text"'],
    ];
    for (const [name, text] of broken) {
      const [status, code, message] = await asked({ ...files, [name]: text });
      expect([status, code]).toEqual([422, "CREDENTIALS_INVALID"]);
      expect(message).toContain(name);
    }
    expect(await isThere("never")).toBe(false);
    // The id is taken, and nothing of the other session is touched.
    const [status, code] = await refusal({ instanceId: "sealed", files });
    expect([status, code]).toEqual([409, "INSTANCE_EXISTS"]);
    expect((await refusal({ instanceId: "never" }))[0]).toBe(400);
    await rm(join(folder.path, "creds.json"));
    await writeFile(join(folder.path, "notes.txt"), "not ours");
    const config = readConfig({ DATA_DIR: join(folder.path, "data") });
    await expect(importBaileys(config, [folder.path, "x"])).rejects.toThrow("creds.json");
  });

  test("only what is linked is exported, under a passphrase worth the name", async () => {
    await gateway.post("/instances", { instanceId: "unlinked" });
    const asked = async (id: string, passphrase: string) => {
      const { status, body } = await gateway.post<ErrorReply>(`/instances/${id}/credentials`, {
        passphrase,
      });
      return [status, body.error.code];
    };
    expect(await asked("unlinked", PASSPHRASE)).toEqual([409, "NOT_LINKED"]);
    expect(await asked("nobody", PASSPHRASE)).toEqual([404, "INSTANCE_NOT_FOUND"]);
    await gateway.linked("short", newPhone());
    expect(await asked("short", "secret")).toEqual([400, "BAD_INPUT"]);
    // It was not stopped for nothing.
    expect((await gateway.status("short")).status).toBe("OPEN");
  });

  test("a key needs to be an administrator's, and to reach the account", async () => {
    const [writer, bounded] = [
      await makeKey(gateway, { scopes: ["instances:write", "instances:read"] }),
      await makeKey(gateway, { scopes: ["instances:write", "keys:admin"], instanceIds: ["mine"] }),
    ];
    const body = { passphrase: PASSPHRASE };
    expect((await writer.calls.post("/instances/short/credentials", body)).status).toBe(403);
    expect((await bounded.calls.post("/instances/short/credentials", body)).status).toBe(404);
    const taken = await bounded.calls.post("/credentials", { instanceId: "theirs", files: {} });
    expect(taken.status).toBe(403);
  });
});
