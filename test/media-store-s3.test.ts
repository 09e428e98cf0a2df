import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { copyReaches, isStored, read, sendPicture, shownCopy } from "./support/media-copies.ts";
import { startS3, type TestS3 } from "./support/s3.ts";

const ME = "5511999990001";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

const account = {
  bucket: "attachments",
  region: "eu-central-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: SECRET,
};

let s3: TestS3;
let gateway: TestGateway;
let me: Account;
let alice: Account;
const env: Record<string, string> = {
  MEDIA_STORE: "s3",
  S3_REGION: account.region,
  S3_BUCKET: account.bucket,
  S3_PREFIX: "wagraph",
  S3_ACCESS_KEY_ID: account.accessKeyId,
  S3_SECRET_ACCESS_KEY: SECRET,
};
beforeAll(async () => {
  s3 = await startS3(account);
  env["S3_ENDPOINT"] = s3.url;
  gateway = await startTestGateway({ env, overrides: { choresEveryMs: 50 } });
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002", { name: "Alice" });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

const stored = (id: string) => copyReaches(gateway, id, isStored);

async function forgetAll(): Promise<void> {
  gateway.wa.expireMedia();
  await me.deleteFiles();
}

test("a picture lies in the bucket, is streamed from there and goes with its message", async () => {
  const { id, bytes } = await sendPicture(alice, ME);
  const { media } = await stored(id);
  const [[name, object] = []] = [...s3.objects];
  expect(name).toMatch(/^wagraph\/me\/[0-9A-Z]{26}$/);
  expect(object).toEqual(bytes);
  await forgetAll();
  const kept = await read(media.url);
  expect([kept.status, kept.bytes]).toEqual([200, bytes]);
  await alice.send(ME, { deletion: { id, from: alice.phone } });
  await expect.poll(() => s3.objects.size).toBe(0);
  expect(s3.refusals).toEqual([]);
});

test("what was changed on its way never lies in the bucket", async () => {
  gateway.wa.fault({ kind: "mediaDamage" });
  const { id } = await sendPicture(alice, ME);
  const { media } = await copyReaches(gateway, id, (copy) => copy?.state === "FAILED");
  gateway.wa.clearFaults();
  expect(media.copy?.error).toBe("MEDIA_INVALID");
  expect(s3.objects.size).toBe(0);
});

test("an S3 that is away is waited for, and meanwhile WhatsApp is read", async () => {
  const { id: before, bytes: earlier } = await sendPicture(alice, ME);
  const { media: old } = await stored(before);
  s3.outage = { status: 503, code: "SlowDown" };
  const { id, bytes } = await sendPicture(alice, ME);
  await expect.poll(() => s3.refusals).toContain("SlowDown");
  const { media } = await copyReaches(gateway, id, (copy) => copy?.state === "PENDING");
  expect((await read(media.url)).bytes).toEqual(bytes);
  expect((await read(old.url)).bytes).toEqual(earlier);
  // It is no reason to take the first one for lost.
  expect((await shownCopy(gateway, before))?.media.copy?.state).toBe("STORED");
  s3.outage = undefined;
  await stored(id);
  await expect
    .poll(() => gateway.lines.map(({ msg }) => msg))
    .toContain("attachments are stored again");
});

test("a wrong secret keeps copies waiting, is told to the operator and stands nowhere", async () => {
  await gateway.stop();
  const wrong = "not-the-secret-of-this-bucket";
  env["S3_SECRET_ACCESS_KEY"] = wrong;
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  const { id } = await sendPicture(alice, ME);
  const told = () => gateway.lines.map((line) => JSON.stringify(line)).join("\n");
  await expect.poll(told).toMatch(/S3 answered 403 SignatureDoesNotMatch/);
  expect((await shownCopy(gateway, id))?.media.copy?.state).toBe("PENDING");
  await gateway.stop();
  env["S3_SECRET_ACCESS_KEY"] = SECRET;
  await gateway.start();
  await stored(id);
  for (const secret of [wrong, SECRET, "Signature="]) expect(told()).not.toContain(secret);
});
