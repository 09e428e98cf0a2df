import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { copyReaches, isStored, read, sendPicture, shownCopy } from "./support/media-copies.ts";
import type { ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

/** What it is started with next time. */
const env: Record<string, string> = { MEDIA_STORE: "disk", MEDIA_MAX_BYTES: "100000" };
const overrides = { choresEveryMs: 50, spareBytes: 0 };

let gateway: TestGateway;
let me: Account;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ env, overrides });
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => gateway.wa.clearFaults());

const folder = (instance = "me") => join(gateway.dataDir, "media", instance);
const files = (instance = "me") => readdirSync(folder(instance));
const downloads = () => gateway.wa.stats["downloads"] ?? 0;
const stored = (id: string, instance?: string) => copyReaches(gateway, id, isStored, instance);
const stateOf = async (id: string) => (await shownCopy(gateway, id))?.media.copy;

/** What a link says of its file, beside until when it may be kept. */
const told = (from: Headers) =>
  ["content-type", "content-length", "content-disposition", "content-security-policy"].map((name) =>
    from.get(name),
  );

/** WhatsApp's hosts forget everything, and so does the account's phone. */
async function forgetAll(): Promise<void> {
  gateway.wa.expireMedia();
  await me.deleteFiles();
}

/** Does something to the database of the gateway while it does not run. */
async function between(sql: string): Promise<void> {
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    database.exec(sql);
  }
  await gateway.start();
  await gateway.reaches("me", "OPEN");
}

test("a picture is kept as it comes, and its link streams it when WhatsApp and the phone have forgotten it", async () => {
  const { id, bytes } = await sendPicture(alice, ME);
  const fresh = await read((await copyReaches(gateway, id, () => true)).media.url);
  const { media } = await stored(id);
  expect(media.copy).toMatchObject({ state: "STORED", error: null });
  expect(Math.abs(Date.parse(media.copy?.storedAt ?? "") - Date.now())).toBeLessThan(10_000);
  await forgetAll();
  const before = downloads();
  const kept = await read(media.url);
  expect([kept.status, kept.bytes]).toEqual([200, bytes]);
  expect(told(kept.headers)).toEqual(told(fresh.headers));
  await gateway.restart();
  expect((await read(media.url)).bytes).toEqual(bytes);
  expect([downloads(), gateway.wa.stats["mediaRetries"] ?? 0]).toEqual([before, 0]);
  // Changed tokens open nothing, copy or not.
  expect((await read(`${media.url}x`)).status).toBe(404);
  for (const name of files()) expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
  await gateway.reaches("me", "OPEN");
});

test("what the user sends from the phone is kept as well, and what the gateway sends is not", async () => {
  const { id, bytes } = await sendPicture(me, ALICE);
  const { media } = await stored(id);
  const { body } = await gateway.post<ShownSend>("/instances/me/sendFile", {
    to: ALICE,
    base64: randomBytes(500).toString("base64"),
    fileName: "a.bin",
  });
  expect((await copyReaches(gateway, body.messageId, () => true)).media.copy).toBeNull();
  await forgetAll();
  expect((await read(media.url)).bytes).toEqual(bytes);
});

test("the same file is fetched once and lies there once, for as long as one message has it", async () => {
  const { id: first, bytes } = await sendPicture(alice, ME);
  await stored(first);
  const before = { downloads: downloads(), files: files().length };
  const { id: second } = await sendPicture(alice, ME, bytes);
  const { media } = await stored(second);
  expect([downloads(), files().length]).toEqual([before.downloads, before.files]);
  await alice.send(ME, { deletion: { id: first, from: ALICE } });
  await copyReaches(gateway, first, (copy) => copy === null);
  await forgetAll();
  expect((await read(media.url)).bytes).toEqual(bytes);
  expect(files()).toHaveLength(before.files);
  await alice.send(ME, { deletion: { id: second, from: ALICE } });
  await expect.poll(() => files().length).toBe(before.files - 1);
});

test("what was changed on its way is not kept, and the reason is told", async () => {
  const before = files().length;
  gateway.wa.fault({ kind: "mediaDamage" });
  const { id } = await sendPicture(alice, ME);
  const { media } = await copyReaches(gateway, id, (copy) => copy?.state === "FAILED");
  expect(media.copy).toEqual({ state: "FAILED", storedAt: null, error: "MEDIA_INVALID" });
  await expect.poll(() => files().length).toBe(before);
  expect(readdirSync(join(folder(), "..", ".unfinished"))).toEqual([]);
});

test("what is too large is left with WhatsApp, and still has its link", async () => {
  const { id, bytes } = await sendPicture(alice, ME, randomBytes(100_001));
  const { media } = await copyReaches(gateway, id, (copy) => copy?.state === "FAILED");
  expect(media.copy?.error).toBe("MEDIA_TOO_LARGE");
  expect((await read(media.url)).bytes).toEqual(bytes);
});

test("a host that is away is asked again, after a restart too", async () => {
  gateway.wa.fault({ kind: "mediaError", code: 503 });
  const { id, bytes } = await sendPicture(alice, ME);
  await copyReaches(gateway, id, (copy) => copy?.error === "MEDIA_UNREACHABLE");
  expect((await stateOf(id))?.state).toBe("PENDING");
  gateway.wa.clearFaults();
  await between(`UPDATE "MediaCopy" SET "dueAt" = 1 WHERE state = 'PENDING'`);
  const { media } = await stored(id);
  await forgetAll();
  expect((await read(media.url)).bytes).toEqual(bytes);
});

test("an instance can be left out", async () => {
  await gateway.patch("/instances/me/settings", { storeMedia: false });
  const { id, bytes } = await sendPicture(alice, ME);
  const { media } = await copyReaches(gateway, id, () => true);
  await gateway.patch("/instances/me/settings", { storeMedia: true });
  const { id: next } = await sendPicture(alice, ME);
  await stored(next);
  expect(await stateOf(id)).toBeNull();
  expect((await read(media.url)).bytes).toEqual(bytes);
});

test("an attachment is sent again from the copy when nobody else has it", async () => {
  const { id, bytes } = await sendPicture(alice, ME);
  const { uid } = await stored(id);
  await forgetAll();
  const { status, body } = await gateway.post<ShownSend>("/instances/me/sendFile", {
    to: ALICE,
    messageUid: uid,
  });
  expect(status).toBe(200);
  const got = await alice.waitFor((message) => message.id === body.messageId);
  expect(got.bytes).toEqual(bytes);
  const document = randomBytes(3_000);
  const { id: paper } = await alice.send(ME, { document: { bytes: document, fileName: "a.pdf" } });
  const again = await stored(paper);
  await forgetAll();
  const sent = await gateway.post<ShownSend>("/instances/me/sendFile", {
    to: ALICE,
    messageUid: again.uid,
  });
  const arrived = await alice.waitFor((message) => message.id === sent.body.messageId);
  expect([arrived.bytes, arrived.fileName]).toEqual([document, "a.pdf"]);
});

test("a copy that is lost or was changed on the disk is no answer, and is made anew", async () => {
  const { id, bytes } = await sendPicture(alice, ME);
  const { media } = await stored(id);
  const path = () => {
    const found = files().find((name) => readFileSync(join(folder(), name)).equals(bytes));
    return found === undefined ? undefined : join(folder(), found);
  };
  writeFileSync(path() ?? "", randomBytes(bytes.length));
  expect((await read(media.url)).bytes).toEqual(bytes);
  await expect.poll(path).toBeDefined();
  await stored(id);
  rmSync(path() ?? "");
  expect((await read(media.url)).bytes).toEqual(bytes);
  await expect.poll(path).toBeDefined();
  expect(gateway.lines.filter(({ msg }) => /is lost and is made anew/.test(msg))).toHaveLength(2);
});

test("a disk that is not there for a while makes nobody forget what lies on it", async () => {
  const { id, bytes } = await sendPicture(alice, ME);
  const { media } = await stored(id);
  await forgetAll();
  renameSync(folder(), `${folder()}-away`);
  expect((await read(media.url)).status).toBe(410);
  expect((await stateOf(id))?.state).toBe("STORED");
  renameSync(`${folder()}-away`, folder());
  expect((await read(media.url)).bytes).toEqual(bytes);
});

test("a disk without space is waited for: nothing is claimed, and all else goes on", async () => {
  await gateway.stop();
  overrides.spareBytes = Number.MAX_SAFE_INTEGER;
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  const { id, bytes } = await sendPicture(alice, ME);
  await expect
    .poll(() => gateway.lines.map(({ msg }) => msg))
    .toContain("attachments cannot be stored and wait");
  expect(await stateOf(id)).toEqual({ state: "PENDING", storedAt: null, error: null });
  expect((await gateway.get("/readyz")).status).toBe(200);
  const { media } = (await shownCopy(gateway, id)) ?? {};
  expect((await read(media?.url ?? "")).bytes).toEqual(bytes);
  await gateway.stop();
  overrides.spareBytes = 0;
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  await stored(id);
});

test("copies that are too old go, and say so", async () => {
  const { id: old } = await sendPicture(alice, ME);
  const { id: young, bytes } = await sendPicture(alice, ME);
  await stored(young);
  const { uid } = await stored(old);
  const before = files().length;
  env["MEDIA_RETENTION_DAYS"] = "1";
  await between(
    `UPDATE "MediaFile" SET "broughtAt" = 1 WHERE id = (SELECT "fileId" FROM "MediaCopy" WHERE "messageUid" = '${uid}')`,
  );
  await copyReaches(gateway, old, (copy) => copy?.state === "REMOVED");
  await expect.poll(() => files().length).toBe(before - 1);
  const { media } = await stored(young);
  await forgetAll();
  expect((await read(media.url)).bytes).toEqual(bytes);
  delete env["MEDIA_RETENTION_DAYS"];
});

test("all together take no more than they may: the oldest go first", async () => {
  env["MEDIA_RETENTION_BYTES"] = "100000";
  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  const sent: { readonly id: string; readonly bytes: Buffer }[] = [];
  for (let n = 0; n < 6; n += 1) {
    const picture = await sendPicture(alice, ME, randomBytes(30_000));
    await stored(picture.id);
    sent.push(picture);
  }
  const states = await Promise.all(sent.map(async ({ id }) => (await stateOf(id))?.state));
  expect(states).toEqual(["REMOVED", "REMOVED", "REMOVED", "STORED", "STORED", "STORED"]);
  const sizes = files().map((name) => statSync(join(folder(), name)).size);
  expect(sizes).toEqual([30_000, 30_000, 30_000]);
  const { health } = await gateway.graphql<{ health: { storage: { attachments: number } } }>(
    `{ health { storage { attachments } } }`,
  );
  expect(health.storage.attachments).toBe(90_000);
});

test("an instance takes its files along", async () => {
  await gateway.linked("other", "5511999990009");
  const { id } = await sendPicture(alice, "5511999990009");
  await stored(id, "other");
  expect(files("other")).toHaveLength(1);
  const others = files().length;
  await gateway.delete("/instances/other");
  await expect.poll(() => files("other")).toEqual([]);
  expect(files()).toHaveLength(others);
});
