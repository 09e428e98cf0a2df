import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { ownerOf } from "../../src/store/sealed.ts";
import { eventually } from "../support/eventually.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { startReceiver } from "../support/receiver.ts";
import { type MadeKey, makeKey } from "./made-key.ts";

/** Strings in which somebody who has the files could find a secret. */
function formsOf(secret: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  return [
    bytes,
    ...(["base64", "base64url", "hex"] as const).map((encoding) =>
      Buffer.from(bytes.toString(encoding).replace(/=+$/, "")),
    ),
  ];
}

let gateway: TestGateway;
let key: MadeKey;
const planted: Buffer[] = [];

beforeAll(async () => {
  gateway = await startTestGateway({ env: { LOG_LEVEL: "debug" } });
  await using receiver = await startReceiver();
  await gateway.linked("a", "15550000001");
  await gateway.linked("b", "15550000002");
  key = await makeKey(gateway, { scopes: ["instances:read"] });
  await gateway.get("/instances", key.headers);
  const header = "a-token-that-the-receiver-wants";
  const hook = await gateway.post<{ id: string; secret: string }>("/instances/a/webhooks", {
    url: receiver.url,
    headers: { "X-Token": header },
  });
  receiver.trust(hook.body.secret);
  await gateway.wa.account("15550000003").then((bob) => bob.send("15550000001", { text: "hello" }));
  await receiver.event("message.received");
  const secret = hook.body.secret.replace(/^whsec_/, "");
  const second = await gateway.post<{ secret: string }>(`/webhooks/${hook.body.id}/rotateSecret`);
  planted.push(...(await codesShown()));
  planted.push(
    ...[key.key, key.key.slice(12, 55), header, secret, hook.body.secret, second.body.secret].map(
      (text) => Buffer.from(text),
    ),
    ...formsOf(Buffer.from(secret, "base64")),
    ...(await keysOfLinks()),
  );
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** What was shown in order to link: a QR code, one part of which is the secret of the link, and a code to type. */
async function codesShown(): Promise<readonly Buffer[]> {
  await gateway.post("/instances", { instanceId: "typed" });
  await gateway.graphql(
    `mutation { requestPairingCode(id: "typed", phone: "15550000009") { __typename } }`,
  );
  const code = (await gateway.event("typed", "pairing.code")).data["pairingCode"];
  const qrs = await Promise.all(["a", "b"].map((id) => gateway.events(id, "qr.update")));
  const texts = qrs.flat().map(({ data }) => (data["qr"] as { text: string }).text);
  expect(texts.length).toBeGreaterThan(1);
  const secrets = texts.flatMap((text) => text.split(",").filter(({ length }) => length > 20));
  expect(secrets.length).toBeGreaterThan(texts.length);
  // A few letters may stand anywhere in megabytes: only what surrounds them in the log tells.
  const typed = JSON.stringify({ code: (code as { code: string }).code }).slice(1, -1);
  return [...texts, ...secrets, typed].map((text) => Buffer.from(text));
}

/** Private keys of the linked devices, as they are used; everything in them that is long enough to be told by. */
async function keysOfLinks(): Promise<readonly Buffer[]> {
  await gateway.stop();
  const url = `file:${join(gateway.dataDir, "wagraph.db")}`;
  const found: Buffer[] = [];
  {
    await using database = await openDatabase({ dataDir: gateway.dataDir, url });
    for (const { instanceId, sealed } of await database.read.credentials.findMany()) {
      const text = database.vault.open(ownerOf.credentials(instanceId), sealed).toString();
      const keys = [...text.matchAll(/"private":\s*\{[^}]*"data":\s*"([^"]{20,})"/g)];
      expect(keys.length).toBeGreaterThan(2);
      found.push(...keys.flatMap(([, data = ""]) => formsOf(Buffer.from(data, "base64"))));
    }
  }
  await gateway.start();
  await gateway.reaches("a", "OPEN");
  return found;
}

test("planted secrets are not found in the database, its log, a backup, or what the gateway logs", () => {
  expect(planted.length).toBeGreaterThan(20);
  const files = readdirSync(gateway.dataDir).filter((name) => name.startsWith("wagraph.db"));
  expect(files).toContain("wagraph.db-wal");
  const backup = join(gateway.dataDir, "backup.db");
  using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"), { readOnly: true });
  database.exec(`VACUUM INTO '${backup}'`);
  for (const name of [...files, "backup.db"]) {
    const bytes = readFileSync(join(gateway.dataDir, name));
    const found = planted.filter((secret) => bytes.includes(secret)).map(String);
    expect({ name, found }).toEqual({ name, found: [] });
  }
  // What is no secret is found: the search does see what there is.
  expect(readFileSync(backup).includes("hello")).toBe(true);
  const said = Buffer.from(JSON.stringify(gateway.lines));
  expect(planted.filter((secret) => said.includes(secret)).map(String)).toEqual([]);
});

/** Columns of bytes that are no secrets, and why. */
const OPEN_COLUMNS: Readonly<Record<string, string>> = {
  "ApiKey.hash": "a keyed hash",
  "ApiKey.oldHash": "a keyed hash",
  "ApiKey.mac": "a keyed hash",
  "AuditEntry.hash": "a keyed hash",
  "InboxRow.plaintext": "a message, like all others in the log",
  "Message.raw": "a message, like all others in the log",
};

test("every column of bytes is sealed, or is known to be no secret", () => {
  const models = readdirSync("prisma/models").map((name) =>
    readFileSync(join("prisma/models", name), "utf8"),
  );
  const columns = models.flatMap((source) =>
    [...source.matchAll(/^model (\w+) \{([^}]*)/gm)].flatMap(([, model, body = ""]) =>
      [...body.matchAll(/^ {2}(\w+)\s+Bytes/gm)].map(([, column]) => `${model}.${column}`),
    ),
  );
  const sealed = columns.filter((column) => !(column in OPEN_COLUMNS));
  // What `src/store/reseal.ts` reaches. A column that is sealed and not here would be lost with the old key.
  expect(sealed.toSorted()).toEqual([
    "Credentials.sealed",
    "Credentials.setAside",
    "Event.sealed",
    "Instance.proxy",
    "Meta.value",
    "SignalKey.sealed",
    "Webhook.headers",
    "Webhook.oldSecret",
    "Webhook.secret",
  ]);
});

test("credentials that were moved to another account are not used, and nothing else suffers", async () => {
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    database.exec(`UPDATE "Credentials" SET sealed =
      (SELECT sealed FROM "Credentials" AS other WHERE other."instanceId" = 'a')
      WHERE "instanceId" = 'b'`);
  }
  await gateway.start();
  await gateway.reaches("a", "OPEN");
  const complaint = () =>
    gateway.lines.find((line) => JSON.stringify(line).includes("not the row it was sealed for"));
  await eventually(complaint, () => "nobody noticed");
  expect((await gateway.status("b")).status).not.toBe("OPEN");
  expect((await gateway.get("/livez")).status).toBe(200);
});
