import { createHash, randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startS3, type TestS3 } from "../../test/support/s3.ts";
import { addressOf, createS3Store, type S3Options } from "./s3.ts";

const account = {
  bucket: "attachments",
  region: "eu-central-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

let s3: TestS3;
beforeAll(async () => {
  s3 = await startS3(account);
});
afterAll(() => s3[Symbol.asyncDispose]());

const open = (more: Partial<S3Options> = {}) =>
  createS3Store({ ...account, endpoint: s3.url, prefix: "", pathStyle: true, ...more });

const never = new AbortController().signal;
const name = { folder: "shop", id: "01J0000000000000000000000A" };
const factsOf = (bytes: Buffer) => ({
  size: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("base64"),
});

async function* inPieces(bytes: Buffer, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a file is put, got and removed, under the prefix", async () => {
  await using store = open({ prefix: "wagraph/media/" });
  const bytes = randomBytes(1_000_000);
  await store.put(name, inPieces(bytes), factsOf(bytes), never);
  expect([...s3.objects.keys()]).toEqual([`wagraph/media/shop/${name.id}`]);
  expect(await buffer(store.get(name, never))).toEqual(bytes);
  await store.remove(name, never);
  expect(s3.objects.size).toBe(0);
  await store.remove(name, never);
  await expect(buffer(store.get(name, never))).rejects.toMatchObject({ code: "MISSING" });
});

test("an empty file is a file", async () => {
  await using store = open();
  const bytes = Buffer.alloc(0);
  await store.put(name, inPieces(bytes), factsOf(bytes), never);
  expect(await buffer(store.get(name, never))).toEqual(bytes);
  await store.remove(name, never);
});

test.each([
  [{ pathStyle: true }, "https://s3.eu-central-1.amazonaws.com/attachments/"],
  [{ pathStyle: false }, "https://attachments.s3.eu-central-1.amazonaws.com/"],
  [{ pathStyle: false, prefix: "a/b/" }, "https://attachments.s3.eu-central-1.amazonaws.com/a/b/"],
  [{ pathStyle: true, endpoint: "http://minio:9000" }, "http://minio:9000/attachments/"],
  [{ pathStyle: false, endpoint: "http://minio:9000" }, "http://attachments.minio:9000/"],
])("with %j files stand behind %s", (more, address) => {
  expect(addressOf({ ...account, endpoint: undefined, prefix: "", ...more })).toBe(address);
});

test("what breaks off, is too short or is something else is not there", async () => {
  await using store = open();
  const bytes = randomBytes(500_000);
  const broken = new Error("the source broke off");
  async function* half() {
    yield bytes.subarray(0, 250_000);
    throw broken;
  }
  await expect(store.put(name, half(), factsOf(bytes), never)).rejects.toBe(broken);
  const other = factsOf(randomBytes(500_000));
  await expect(store.put(name, inPieces(bytes), other, never)).rejects.toMatchObject({
    code: "FAILED",
    message: "S3 answered 400 XAmzContentSHA256Mismatch",
  });
  const over = AbortSignal.abort(new Error("over"));
  await expect(store.put(name, inPieces(bytes), factsOf(bytes), over)).rejects.toThrow("over");
  expect(s3.objects.size).toBe(0);
});

test.each([
  ["another secret", { secretAccessKey: "x".repeat(40) }, "403 SignatureDoesNotMatch"],
  ["another region", { region: "us-east-1" }, "403 SignatureDoesNotMatch"],
  ["an unknown key", { accessKeyId: "AKIDOTHER" }, "403 InvalidAccessKeyId"],
  ["a bucket that is not there", { bucket: "others" }, "404 NoSuchBucket"],
])("%s is refused, and nothing secret is told", async (_, more, said) => {
  await using store = open(more);
  const bytes = randomBytes(300_000);
  const wanted = { name: "BlobError", code: "FAILED", message: `S3 answered ${said}` };
  await expect(store.put(name, inPieces(bytes), factsOf(bytes), never)).rejects.toMatchObject(
    wanted,
  );
  await expect(buffer(store.get(name, never))).rejects.toMatchObject(wanted);
  await expect(store.remove(name, never)).rejects.toMatchObject(wanted);
});

test("one that is not there is no reason to think that files are gone", async () => {
  await using store = open({ endpoint: "http://127.0.0.1:1" });
  const wanted = { code: "FAILED", message: "S3 cannot be reached (ECONNREFUSED)" };
  await expect(buffer(store.get(name, never))).rejects.toMatchObject(wanted);
  await expect(store.remove(name, never)).rejects.toMatchObject(wanted);
});
