import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg, serveFiles } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { serve, type Server } from "./support/server.ts";
import type { ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let me: Account;
let alice: Account;
let files: Server;
let picture: Buffer;
beforeAll(async () => {
  picture = await jpeg();
  files = await serveFiles({
    "/image.jpg": { type: "image/jpeg", bytes: picture },
    "/price%20list.pdf": { type: "application/pdf", bytes: Buffer.from("%PDF-1.7") },
  });
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
});

const sent = (id: string) => alice.waitFor((message) => message.id === id);

test.each([
  ["its address", () => ({ url: `${files.url}/image.jpg` })],
  ["base64", () => ({ base64: picture.toString("base64") })],
  ["a data URI", () => ({ base64: `data:image/jpeg;base64,${picture.toString("base64")}` })],
])("an image goes out by %s, byte for byte", async (_way, source) => {
  const { status, body } = await gateway.post<ShownSend>("/instances/me/sendImage", {
    to: ALICE,
    caption: "look",
    ...source(),
  });
  expect(status).toBe(200);
  const got = await sent(body.messageId);
  expect(got).toMatchObject({ type: "image", caption: "look", mimetype: "image/jpeg" });
  expect(got.bytes?.equals(picture)).toBe(true);
});

test("a file goes out by its address and keeps the name that stands there", async () => {
  const { body } = await gateway.post<ShownSend>("/instances/me/sendFile", {
    to: ALICE,
    url: `${files.url}/price%20list.pdf`,
    caption: "prices",
  });
  expect(await sent(body.messageId)).toMatchObject({
    type: "document",
    fileName: "price list.pdf",
    mimetype: "application/pdf",
    caption: "prices",
  });
});

test("files go out as uploads, through REST and through GraphQL", async () => {
  const part = new File([Buffer.from("a,b\n1,2\n")], "table.csv", { type: "text/csv" });
  const form = new FormData();
  form.set("to", ALICE);
  form.set("file", part);
  const rest = await gateway.send<ShownSend>("POST", "/instances/me/sendFile", { body: form });
  expect(rest.status).toBe(200);

  const operation = new FormData();
  const query = `mutation ($file: File!) { sendFile(input: {instanceId: "me", to: "${ALICE}", media: {upload: $file}}) {
    __typename ... on DocumentMessage { id } ... on Error { code message } } }`;
  operation.set("operations", JSON.stringify({ query, variables: { file: null } }));
  operation.set("map", JSON.stringify({ 0: ["variables.file"] }));
  operation.set("0", part);
  const graphql = await gateway.send<{ data: { sendFile: { id: string } } }>("POST", "/graphql", {
    headers: { "graphql-require-preflight": "1" },
    body: operation,
  });
  expect(graphql.body).toMatchObject({ data: { sendFile: { __typename: "DocumentMessage" } } });
  for (const id of [rest.body.messageId, graphql.body.data.sendFile.id]) {
    const got = await sent(id);
    expect(got).toMatchObject({ type: "document", fileName: "table.csv", mimetype: "text/csv" });
    expect(got.bytes?.toString()).toBe("a,b\n1,2\n");
  }
});

const waitingFiles = () => readdirSync(join(gateway.dataDir, "outbox"));

test("a call that makes no message leaves no file behind", async () => {
  await expect.poll(waitingFiles).toEqual([]);
  const body = { to: ALICE, base64: picture.toString("base64") };
  const call = (key: string, more: object = {}) =>
    gateway.post("/instances/me/sendFile", { ...body, ...more }, { "idempotency-key": key });
  expect(await call("file-1")).toMatchObject({ status: 200 });
  expect(await call("file-1")).toMatchObject({ status: 200 });
  expect(await call("file-1", { fileName: "b" })).toMatchObject({ status: 422 });
  expect(await call("k".repeat(300))).toMatchObject({ status: 400 });
  await expect.poll(waitingFiles).toEqual([]);
});

test("what an account was asked to send is NOT_LINKED when it was logged out before the file was there", async () => {
  const asked = Promise.withResolvers<void>();
  const loggedOut = Promise.withResolvers<void>();
  await using slow = await serve((_request, response) => {
    asked.resolve();
    void loggedOut.promise.then(() => response.end("a file"));
  });
  const key = { "idempotency-key": "too late" };
  const sending = gateway.post<ErrorReply>(
    "/instances/me/sendFile",
    { to: ALICE, url: `${slow.url}/a.txt` },
    key,
  );
  await asked.promise;
  await me.unlink();
  await gateway.reaches("me", "LOGGED_OUT");
  loggedOut.resolve();
  const { status, body } = await sending;
  expect([status, body.error.code]).toEqual([409, "NOT_LINKED"]);
  await expect.poll(waitingFiles).toEqual([]);
});
