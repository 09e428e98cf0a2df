import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { ErrorReply } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { bearer, type MadeKey, makeKey, type ShownKey } from "./made-key.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { choresEveryMs: 50 } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const READ = { scopes: ["instances:read"] };

const works = async ({ calls }: MadeKey) => (await calls.get("/instances")).status;

/** A socket that has said who it is and follows events. */
async function openSocket(key: string): Promise<WebSocket> {
  const url = `${gateway.url.replace("http", "ws")}/graphql`;
  const socket = new WebSocket(url, "graphql-transport-ws");
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init", payload: bearer(key) }));
  const [first] = (await once(socket, "message")) as [Buffer];
  expect(JSON.parse(first.toString())).toEqual({ type: "connection_ack" });
  socket.send(
    JSON.stringify({
      id: "1",
      type: "subscribe",
      payload: { query: "subscription { events { __typename } }" },
    }),
  );
  await once(socket, "message");
  return socket;
}

async function closeCodeOf(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

test("a key is shown once, opens what it is for, and is known after a restart", async () => {
  const key = await makeKey(gateway, { name: " reader ", ...READ });
  expect(key.key).toMatch(/^wag_[0-9A-HJKMNP-TV-Z]{8}[\w-]{43}[0-9a-f]{8}$/);
  expect(key).toMatchObject({ name: "reader", scopes: ["instances:read"], createdBy: "local" });
  expect(await works(key)).toBe(200);
  const again = await gateway.get<ShownKey>(`/keys/${key.id}`);
  expect(again.body).not.toHaveProperty("key");
  expect(again.body.lastUsedFrom).toMatch(/127\.0\.0\.1$/);
  await gateway.restart();
  expect(await works(key)).toBe(200);
  expect((await gateway.get<ShownKey>(`/keys/${key.id}`)).body.lastUsedAt).toBeDefined();
});

test.each([
  ["cut short", (key: string) => key.slice(0, -1)],
  ["with another letter", (key: string) => key.replace(/^(wag_.{20})./, "$1_")],
  ["of the same name with another secret", (key: string) => `${key.slice(0, 12)}${"A".repeat(51)}`],
])("a key %s opens nothing, not even where no key is needed", async (_what, spoil) => {
  const { key } = await makeKey(gateway, READ);
  const { status, body } = await gateway.get<ErrorReply>("/instances", bearer(spoil(key)));
  expect([status, body.error.code]).toEqual([401, "UNAUTHENTICATED"]);
});

test("whoever revokes a key closes within a second what it has opened", async () => {
  const key = await makeKey(gateway, READ);
  const other = await makeKey(gateway, READ);
  const socket = await openSocket(key.key);
  const spared = await openSocket(other.key);
  await using sse = await gateway.sse("/events", key.headers);
  await sse.next();
  const closed = closeCodeOf(socket);
  const began = performance.now();
  expect((await gateway.delete<ShownKey>(`/keys/${key.id}`)).body.revokedAt).toBeDefined();
  expect(await closed).toBe(4403);
  await expect(sse.next()).rejects.toThrow("has ended");
  expect(performance.now() - began).toBeLessThan(1_000);
  const { status, body } = await key.calls.get<ErrorReply>("/instances");
  expect([status, body.error.message]).toEqual([401, `The API key "a key" was revoked.`]);
  expect(spared.readyState).toBe(WebSocket.OPEN);
  spared.terminate();
  // It is listed for a while, and revoking it again changes nothing.
  const again = await gateway.delete<ShownKey>(`/keys/${key.id}`);
  expect(again.status).toBe(200);
});

test("a socket whose peer does not answer the goodbye is cut", async () => {
  const key = await makeKey(gateway, READ);
  const socket = await openSocket(key.key);
  // Reads nothing any more, so it never sees the close frame.
  socket.pause();
  const sockets = async () =>
    (await gateway.get<{ n: number }>(`/keys/${key.id}`)).status === 200 ? 1 : 0;
  expect(await sockets()).toBe(1);
  await gateway.delete(`/keys/${key.id}`);
  await sleep(900);
  socket.resume();
  expect(await closeCodeOf(socket)).not.toBe(1000);
});

test("a key ends by itself when its time is over, with its sockets", async () => {
  const expiresAt = new Date(Date.now() + 400).toISOString();
  const key = await makeKey(gateway, { ...READ, expiresAt });
  expect(await works(key)).toBe(200);
  const socket = await openSocket(key.key);
  expect(await closeCodeOf(socket)).toBe(4403);
  expect(Date.now() - Date.parse(expiresAt)).toBeLessThan(1_000);
  const { body } = await key.calls.get<ErrorReply>("/instances");
  expect(body.error.message).toContain("has expired");
});

test("a rotated key goes on under its new text, and under the old one for as long as was asked for", async () => {
  const key = await makeKey(gateway, READ);
  const socket = await openSocket(key.key);
  const rotate = (overlapSeconds: number) =>
    gateway.post<ShownKey>(`/keys/${key.id}/rotate`, { overlapSeconds });
  const second = await rotate(1);
  expect(second.body).toMatchObject({ id: key.id, scopes: key.scopes });
  expect(await works(key)).toBe(200);
  expect((await gateway.get("/instances", bearer(second.body.key))).status).toBe(200);
  expect(await closeCodeOf(socket)).toBe(4403);
  expect(await works(key)).toBe(401);
  expect((await gateway.get("/instances", bearer(second.body.key))).status).toBe(200);

  const third = await rotate(0);
  expect((await gateway.get("/instances", bearer(second.body.key))).status).toBe(401);
  expect((await gateway.get("/instances", bearer(third.body.key))).status).toBe(200);
  expect((await rotate(-1)).status).toBe(400);
  expect((await gateway.post("/keys/NOTTHERE/rotate")).status).toBe(404);
});

test("a key may be bound to networks", async () => {
  const here = await makeKey(gateway, { ...READ, cidrs: ["10.0.0.0/8", "127.0.0.0/8"] });
  const elsewhere = await makeKey(gateway, { ...READ, cidrs: ["10.0.0.0/8", "fd00::/8"] });
  expect(await works(here)).toBe(200);
  const { status, body } = await elsewhere.calls.get<ErrorReply>("/instances");
  expect([status, body.error.message]).toEqual([
    401,
    `The API key "a key" may not be used from this address.`,
  ]);
});

test("a key may do so much in a minute, over HTTP and sockets alike", async () => {
  const key = await makeKey(gateway, { ...READ, ratePerMinute: 5 });
  const first = await key.calls.get("/instances");
  expect(first.headers.get("ratelimit-policy")).toBe('"key";q=5;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"key";r=4;t=1\d$/);
  for (let index = 0; index < 3; index += 1) expect(await works(key)).toBe(200);
  // The last one.
  const socket = await openSocket(key.key);
  const limited = await key.calls.get<ErrorReply>("/instances");
  expect([limited.status, limited.body.error.code]).toEqual([429, "RATE_LIMITED"]);
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  const graphql = await key.calls.post("/graphql", { query: "{ version }" });
  expect(graphql).toMatchObject({
    status: 429,
    body: { errors: [{ extensions: { code: "RATE_LIMITED" } }] },
  });
  socket.send(JSON.stringify({ id: "2", type: "subscribe", payload: { query: "{ version }" } }));
  const [answer] = (await once(socket, "message")) as [Buffer];
  expect(JSON.parse(answer.toString())).toMatchObject({
    id: "2",
    type: "error",
    payload: [{ extensions: { code: "RATE_LIMITED" } }],
  });
  socket.terminate();
  expect((await gateway.get("/instances")).status).toBe(200);
});

test.each([
  [{ scopes: [] }, /needs a scope/],
  [{ scopes: ["everything"] }, /no scope "everything".*instances:read/],
  [{ name: "  " }, /needs a name/],
  [{ instanceIds: [] }, /instanceIds must name an instance/],
  [{ instanceIds: ["no spaces allowed"] }, /cannot be the id/],
  [{ cidrs: ["10.0.0.0/33"] }, /no address or network/],
  [{ ratePerMinute: 0 }, /ratePerMinute/],
  [{ expiresAt: "2020-01-01T00:00:00Z" }, /in the past/],
])("%j makes no key", async (input, message) => {
  const reply = await gateway.post<ErrorReply>("/keys", { name: "x", ...READ, ...input });
  expect([reply.status, reply.body.error.code]).toEqual([400, "BAD_INPUT"]);
  expect(reply.body.error.message).toMatch(message);
});

test("when a key was last used is written down now and then", async () => {
  const key = await makeKey(gateway, READ);
  expect((await gateway.get<ShownKey>(`/keys/${key.id}`)).body.lastUsedAt).toBeUndefined();
  await works(key);
  await gateway.restart();
  const look = async () => (await gateway.get<ShownKey>(`/keys/${key.id}`)).body.lastUsedAt;
  await eventually(look, () => "it was never used");
});
