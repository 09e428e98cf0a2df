import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorReply, Reply } from "./support/calls.ts";
import { serveFiles } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { Server } from "./support/server.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const MIB = 1024 * 1024;

let gateway: TestGateway;
let files: Server;
/** Where a server stood once. */
let down: string;
beforeAll(async () => {
  files = await serveFiles({
    "/huge.jpg": { type: "image/jpeg", bytes: Buffer.alloc(17 * MIB) },
    "/no-picture.jpg": { type: "image/jpeg", bytes: Buffer.from("words") },
  });
  const closed = await serveFiles({});
  await closed[Symbol.asyncDispose]();
  down = closed.url;
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.wa.account(ALICE);
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
});

type Call = () => Promise<Reply<ErrorReply>>;

const send = (body: object, id = "me"): Call => {
  return () => gateway.post(`/instances/${id}/sendMessage`, body);
};
const sendImage = (url: () => string): Call => {
  return () => gateway.post("/instances/me/sendImage", { to: ALICE, url: url() });
};
const raw = (type: string, body: string): Call => {
  const headers = { "content-type": type };
  return () => gateway.send("POST", "/instances/me/sendMessage", { headers, body });
};

/** What was done wrong · what it is answered with · what the message must tell. */
const TABLE: readonly (readonly [string, Call, number, string, RegExp])[] = [
  [
    "an unknown instance",
    send({ to: ALICE, message: "x" }, "nobody"),
    404,
    "INSTANCE_NOT_FOUND",
    /"nobody".*create it/,
  ],
  [
    "an id that is taken",
    () => gateway.post("/instances", { instanceId: "me" }),
    409,
    "INSTANCE_EXISTS",
    /"me" already.*another id/,
  ],
  [
    "an id with a space",
    () => gateway.post("/instances", { instanceId: "a b" }),
    400,
    "BAD_INPUT",
    /"a b".*letters, digits/,
  ],
  [
    "a malformed phone",
    send({ to: "12ab", message: "x" }),
    400,
    "INVALID_RECIPIENT",
    /12ab.*country code/,
  ],
  ["a malformed JID", send({ to: "x@y", message: "x" }), 400, "INVALID_RECIPIENT", /x@y.*JID/],
  [
    "a number nobody has",
    send({ to: "5511900000000", message: "x" }),
    422,
    "NOT_ON_WHATSAPP",
    /5511900000000.*country code/,
  ],
  ["an empty text", send({ to: ALICE, message: "" }), 400, "BAD_INPUT", /empty/],
  ["a text without its recipient", send({ message: "x" }), 400, "BAD_INPUT", /to: /],
  [
    "a field that is unknown",
    send({ to: ALICE, message: "x", mesage: "y" }),
    400,
    "BAD_INPUT",
    /mesage/,
  ],
  [
    "a file that is not there",
    sendImage(() => `${files.url}/none.jpg`),
    422,
    "MEDIA_UNREACHABLE",
    /status 404/,
  ],
  [
    "a file server that is down",
    sendImage(() => `${down}/a.jpg`),
    422,
    "MEDIA_UNREACHABLE",
    /could not be fetched from 127/,
  ],
  [
    "an image over the limit",
    sendImage(() => `${files.url}/huge.jpg`),
    413,
    "MEDIA_TOO_LARGE",
    /16 MiB/,
  ],
  [
    "an image that is none",
    sendImage(() => `${files.url}/no-picture.jpg`),
    422,
    "MEDIA_INVALID",
    /sendFile/,
  ],
  [
    "a private address",
    sendImage(() => "http://10.0.0.1/a.jpg"),
    400,
    "INVALID_ADDRESS",
    /PRIVATE_TARGETS/,
  ],
  [
    "a cloud's metadata",
    sendImage(() => "http://169.254.169.254/"),
    400,
    "INVALID_ADDRESS",
    /169\.254\.169\.254/,
  ],
  ["a file on this machine", sendImage(() => "file:///etc/passwd"), 400, "INVALID_ADDRESS", /http/],
  [
    "base64 that is none",
    () => gateway.post("/instances/me/sendImage", { to: ALICE, base64: "!" }),
    422,
    "MEDIA_INVALID",
    /base64/,
  ],
  ["a body that is not JSON", raw("application/json", "{to:"), 400, "BAD_INPUT", /not JSON/],
  [
    "a body of another type",
    raw("text/plain", "hello"),
    415,
    "UNSUPPORTED_MEDIA_TYPE",
    /application\/json/,
  ],
  [
    "an oversized body",
    raw("application/json", JSON.stringify({ message: "x".repeat(40 * MIB) })),
    413,
    "BODY_TOO_LARGE",
    /bytes/,
  ],
  ["the wrong method", () => gateway.delete("/instances"), 405, "METHOD_NOT_ALLOWED", /GET/],
  ["an unknown path", () => gateway.get("/instance"), 404, "NOT_FOUND", /\/instance/],
  ["an unknown webhook", () => gateway.delete("/webhooks/none"), 404, "WEBHOOK_NOT_FOUND", /none/],
  [
    "a webhook for a file",
    () => gateway.post("/instances/me/webhooks", { url: "file:///a" }),
    400,
    "INVALID_ADDRESS",
    /http/,
  ],
  [
    "an event type that is none",
    () => gateway.post("/instances/me/webhooks", { url: files.url, events: ["message.recieved"] }),
    400,
    "BAD_INPUT",
    /message\.recieved/,
  ],
  [
    "an idempotency key that is too long",
    () =>
      gateway.post(
        "/instances/me/sendMessage",
        { to: ALICE, message: "x" },
        { "idempotency-key": "k".repeat(300) },
      ),
    400,
    "BAD_INPUT",
    /255/,
  ],
];

test.each(TABLE)("%s", async (_wrong, call, status, code, says) => {
  const reply = await call();
  expect(reply.body.error).toMatchObject({ code, message: expect.stringMatching(says) as string });
  expect(reply.status).toBe(status);
  expect(reply.headers.get("content-type")).toContain("application/json");
});

test("callers' mistakes leave no trace in the process log, and nobody got a message", async () => {
  expect(gateway.lines.filter(({ level }) => level > 30)).toEqual([]);
  expect(gateway.lines.filter((line) => "err" in line || "stack" in line)).toEqual([]);
  const alice = await gateway.wa.account(ALICE);
  expect(alice.received).toEqual([]);
  expect(await gateway.events("me", "message.failed")).toEqual([]);
});
