import { cpSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Audit } from "../../src/access/audit.ts";
import { openDatabase } from "../../src/store/database.ts";
import { eventually } from "../support/eventually.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { tempDir } from "../support/temp-database.ts";
import { makeKey } from "./made-key.ts";

interface Entry {
  readonly position: number;
  readonly actor: string;
  readonly keyId?: string;
  readonly address?: string;
  readonly action: string;
  readonly target?: string;
  readonly instanceId?: string;
  readonly result: string;
  readonly requestId: string;
}

interface Verdict {
  readonly intact: boolean;
  readonly checked: number;
  readonly brokenAt?: number;
  readonly head?: { readonly position: number; readonly hash: string };
}

/** The latest first. */
const entries = async ({ get }: TestGateway, query = "") =>
  (await get<readonly Entry[]>(`/audit${query}`)).body;
const verify = async ({ get }: TestGateway) => (await get<Verdict>("/audit/verify")).body;

test("every change is on the trail, with who, where from, what and how it ended, and no word of a message", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", "15550000001");
  await gateway.wa.account("15550000002");
  const key = await makeKey(gateway, { name: "bot", scopes: ["messages:send", "instances:write"] });
  const sent = await key.calls.post<{ messageId: string }>("/instances/me/sendMessage", {
    to: "15550000002",
    message: "nobody's business",
  });
  const [send] = await entries(gateway);
  expect(send).toMatchObject({
    actor: "bot",
    keyId: key.id,
    address: expect.stringMatching(/127\.0\.0\.1$/) as string,
    action: "sendText",
    target: sent.body.messageId,
    instanceId: "me",
    result: "OK",
  });
  expect(sent.headers.get("x-request-id")).toBe(send?.requestId);

  await key.calls.delete("/instances/nope");
  await key.calls.delete("/webhooks/nope");
  await gateway.graphql(`mutation { renameInstance(id: "me", name: "new") { __typename } }`);
  const [rename, forbidden, missing] = await entries(gateway);
  expect(missing).toMatchObject({
    action: "deleteInstance",
    target: "nope",
    result: "INSTANCE_NOT_FOUND",
  });
  expect(forbidden).toMatchObject({ action: "deleteWebhook", target: "nope", result: "FORBIDDEN" });
  expect(rename).toMatchObject({ actor: "local", action: "renameInstance", instanceId: "me" });
  expect(rename).not.toHaveProperty("keyId");

  const all = await entries(gateway, "?limit=200");
  const actions = all.map(({ action }) => action).toReversed();
  expect(actions.slice(0, 3)).toEqual(["createInstance", "requestQr", "createApiKey"]);
  expect(all.find(({ action }) => action === "createApiKey")?.target).toBe(key.id);
  expect(JSON.stringify(all)).not.toContain("business");
  expect(JSON.stringify(all)).not.toContain(key.key);
  expect(all.map(({ position }) => position).toReversed()).toEqual(
    all.map((_, index) => index + 1),
  );
  expect(await verify(gateway)).toMatchObject({ intact: true, checked: all.length });

  expect((await entries(gateway, `?keyId=${key.id}&limit=2`)).length).toBe(2);
  expect((await entries(gateway, "?action=renameInstance")).length).toBe(1);
  const page = await gateway.get<readonly Entry[]>("/audit?limit=2");
  const [, next = ""] = /<(.*)>/.exec(page.headers.get("link") ?? "") ?? [];
  expect((await gateway.get<readonly Entry[]>(next)).body[0]?.position).toBe(all.length - 2);
  expect((await gateway.get("/audit?after=nonsense")).status).toBe(400);
});

test("a key for one instance sees of the trail what is about that one", async () => {
  await using gateway = await startTestGateway();
  await gateway.post("/instances", { instanceId: "mine" });
  await gateway.post("/instances", { instanceId: "theirs" });
  const key = await makeKey(gateway, { scopes: ["keys:admin"], instanceIds: ["mine"] });
  const seen = (await key.calls.get<readonly Entry[]>("/audit")).body;
  expect(seen.map(({ instanceId }) => instanceId)).toEqual(["mine"]);
  expect((await key.calls.get<readonly Entry[]>("/audit?instanceId=theirs")).body).toEqual([]);
  expect((await key.calls.get("/audit/verify")).status).toBe(403);
});

test("keys that are refused and codes that are shown are on the trail, once a minute each", async () => {
  await using gateway = await startTestGateway();
  await gateway.post("/instances", { instanceId: "me" });
  const key = await makeKey(gateway, { name: "gone", scopes: ["qr:read", "instances:read"] });
  await gateway.event("me", "qr.update");
  for (let index = 0; index < 3; index += 1) {
    await key.calls.post("/graphql", { query: `{ instance(id: "me") { qr { text } } }` });
  }
  await gateway.delete(`/keys/${key.id}`);
  for (let index = 0; index < 3; index += 1) await key.calls.get("/instances");
  await gateway.get("/instances", { authorization: "Bearer wag_made-up" });
  const refused = async () => {
    const found = await entries(gateway, "?action=authenticate");
    return found.length >= 2 ? found : undefined;
  };
  expect(await eventually(refused, () => "nobody was refused")).toMatchObject([
    { actor: "unknown", result: "UNAUTHENTICATED" },
    { actor: "gone", keyId: key.id, target: key.id, result: "UNAUTHENTICATED" },
  ]);
  const shown = await entries(gateway, "?action=qr");
  expect(shown).toMatchObject([{ actor: "gone", instanceId: "me" }]);
});

const TAMPERINGS: readonly (readonly [string, string, number])[] = [
  ["an entry is changed", `UPDATE "AuditEntry" SET actor = 'somebody' WHERE position = 2`, 2],
  ["an entry is taken out", `DELETE FROM "AuditEntry" WHERE position = 2`, 2],
  ["the first entries are cut off", `DELETE FROM "AuditEntry" WHERE position <= 2`, 1],
  [
    "two entries change places",
    `UPDATE "AuditEntry" SET position = CASE position WHEN 2 THEN -3 ELSE -2 END WHERE position IN (2, 3);
     UPDATE "AuditEntry" SET position = -position WHERE position < 0`,
    2,
  ],
  [
    "an entry is made up at the end",
    `INSERT INTO "AuditEntry" SELECT position + 1, at, "keyId", actor, address, 'deleteInstance', target,
       "instanceId", result, "requestId", hash FROM "AuditEntry" ORDER BY position DESC LIMIT 1`,
    6,
  ],
  ["the end is cut off", `DELETE FROM "AuditEntry" WHERE position > 3`, 4],
  ["all of it is taken away", `DELETE FROM "AuditEntry"`, 1],
];

/** So many entries. */
async function fill(gateway: TestGateway, count: number): Promise<void> {
  await gateway.post("/instances", { instanceId: "me" });
  for (let index = 1; index < count; index += 1) {
    await gateway.graphql(`mutation { renameInstance(id: "me", name: "n") { __typename } }`);
  }
}

describe("in the files of a gateway that is stopped", () => {
  let written: TestGateway;
  beforeAll(async () => {
    written = await startTestGateway();
    await fill(written, 5);
    await written.stop();
  });
  afterAll(() => written[Symbol.asyncDispose]());

  test.each(TAMPERINGS)("it is noticed when %s", async (_what, sql, brokenAt) => {
    using copy = tempDir();
    cpSync(written.dataDir, copy.path, { recursive: true });
    {
      using database = new DatabaseSync(join(copy.path, "wagraph.db"));
      database.exec(sql);
    }
    const url = `file:${join(copy.path, "wagraph.db")}`;
    await using database = await openDatabase({ dataDir: copy.path, url });
    const verdict = await (await Audit.open(database)).verify();
    expect(verdict).toEqual({ checked: brokenAt - 1, brokenAt, head: null });
  });
});

test("a gateway tells of what was changed while it was stopped", async () => {
  await using gateway = await startTestGateway();
  await fill(gateway, 3);
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    database.exec(`UPDATE "AuditEntry" SET actor = 'somebody' WHERE position = 2`);
  }
  await gateway.start();
  expect(await verify(gateway)).toEqual({ intact: false, checked: 1, brokenAt: 2 });
});

test("old entries go, and the chain still holds", async () => {
  const env = { AUDIT_RETENTION_COUNT: "3" };
  await using gateway = await startTestGateway({ env, overrides: { choresEveryMs: 20 } });
  await fill(gateway, 8);
  const trimmed = async () => ((await entries(gateway)).length === 3 ? true : undefined);
  await eventually(trimmed, () => "nothing was let go");
  const kept = await entries(gateway);
  expect(kept.map(({ position }) => position)).toEqual([8, 7, 6]);
  expect(await verify(gateway)).toMatchObject({ intact: true, checked: 3, head: { position: 8 } });
  await gateway.delete("/instances/nope");
  expect(await verify(gateway)).toMatchObject({ intact: true, head: { position: 9 } });
});

test("what a caller makes up is cut short, and breaks nothing", async () => {
  await using gateway = await startTestGateway();
  const made = `x\ud800\0${"y".repeat(5_000)}`;
  const query = `mutation ($id: ID!) { deleteInstance(id: $id) { __typename } }`;
  await gateway.graphql(query, { id: made });
  const [entry] = await entries(gateway);
  expect(entry?.target).toBe(`x\ufffd${"y".repeat(98)}`);
  expect(await verify(gateway)).toMatchObject({ intact: true, checked: 1 });
});

test("what is refused again and again is told once, whatever it is tried on", async () => {
  await using gateway = await startTestGateway();
  const tries = Array.from(
    { length: 50 },
    (_, index) => `a${index}: deleteInstance(id: "x${index}") { __typename }`,
  );
  await gateway.graphql(`mutation { ${tries.join(" ")} }`);
  expect((await entries(gateway)).length).toBe(1);
});
