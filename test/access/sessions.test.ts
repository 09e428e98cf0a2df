import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { ErrorReply } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { bearer, makeKey } from "./made-key.ts";

const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
const OURS = { "graphql-require-preflight": "1" };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    env: { API_KEY: KEY, BASE_URL: "https://wa.example.com", ALLOWED_ORIGINS: "https://app.test" },
  });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function signIn(key: string): Promise<{ readonly cookie: string }> {
  const reply = await gateway.post("/session", undefined, { ...bearer(key), ...OURS });
  expect(reply.status).toBe(200);
  const [cookie = "", ...attributes] = (reply.headers.get("set-cookie") ?? "").split("; ");
  expect(attributes).toEqual([
    "Path=/",
    expect.stringMatching(/^Max-Age=57\d{3}$/),
    "HttpOnly",
    "SameSite=Strict",
    "Secure",
  ]);
  // Nothing in it that a thief of cookies could use elsewhere.
  expect(cookie).not.toContain(key);
  return { cookie };
}

test("who signs in with a key is known by the cookie, until they sign out", async () => {
  const cookie = await signIn(KEY);
  expect(await gateway.get("/session", cookie)).toMatchObject({
    status: 200,
    body: { keyed: true, name: "API_KEY", scopes: null, instanceIds: null },
  });
  expect((await gateway.get("/instances", cookie)).status).toBe(200);
  const out = await gateway.send("DELETE", "/session", { headers: { ...cookie, ...OURS } });
  expect(out.status).toBe(204);
  expect(out.headers.get("set-cookie")).toMatch(/^__Host-wagraph_session=; Path=\/; Max-Age=0/);
  // Whoever has kept the cookie is out as well.
  expect((await gateway.get("/instances", cookie)).status).toBe(401);
});

const ownKey = () => Promise.resolve(KEY);
const madeKey = async () =>
  (await makeKey(gateway, { scopes: ["instances:read", "instances:write"] }, bearer(KEY))).key;

test.each([
  ["the gateway's own key", ownKey],
  ["a key that was made", madeKey],
])("what a session of %s has opened closes when somebody signs out", async (_whose, keyOf) => {
  const key = await keyOf();
  const cookie = await signIn(key);
  const other = await signIn(key);
  await using sse = await gateway.sse("/events", cookie);
  await using spared = await gateway.sse("/events", other);
  await Promise.all([sse.next(), spared.next()]);
  await gateway.send("DELETE", "/session", { headers: { ...cookie, ...OURS } });
  await expect(sse.next()).rejects.toThrow("has ended");
  await gateway.post("/instances", { instanceId: "heard" }, { ...other, ...OURS });
  await spared.next();
  await gateway.send("DELETE", "/instances/heard", { headers: { ...other, ...OURS } });
});

test("whoever signs in with the text before a rotation is out when that is over", async () => {
  const owner = bearer(KEY);
  const key = await makeKey(gateway, { scopes: ["instances:read"] }, owner);
  const rotate = { overlapSeconds: 1 };
  const rotated = await gateway.post<{ key: string }>(`/keys/${key.id}/rotate`, rotate, owner);
  const former = await signIn(key.key);
  const present = await signIn(rotated.body.key);
  expect((await gateway.get("/instances", former)).status).toBe(200);
  const isOut = async () =>
    (await gateway.get("/instances", former)).status === 401 ? true : undefined;
  await eventually(isOut, () => "the former text still opens");
  expect((await gateway.get("/instances", present)).status).toBe(200);
});

test("without a key nobody signs in", async () => {
  const none = await gateway.post<ErrorReply>("/session", undefined, OURS);
  expect([none.status, none.body.error.code]).toEqual([401, "UNAUTHENTICATED"]);
  const wrong = await gateway.post("/session", undefined, { ...OURS, ...bearer(`${KEY}x`) });
  expect(wrong.status).toBe(401);
  const again = await gateway.post("/session", undefined, { ...OURS, ...(await signIn(KEY)) });
  expect(again.status).toBe(401);
  expect((await gateway.get("/session")).status).toBe(401);
  expect((await gateway.send("PUT", "/session")).status).toBe(405);
});

test("a session is worth no more than its key, and ends with it", async () => {
  const owner = bearer(KEY);
  const key = await makeKey(gateway, { name: "ann", scopes: ["instances:read"] }, owner);
  const cookie = await signIn(key.key);
  expect(await gateway.get("/session", cookie)).toMatchObject({
    body: { name: "ann", keyId: key.id, scopes: ["instances:read"] },
  });
  expect((await gateway.get("/webhooks", cookie)).status).toBe(403);
  const rotated = await gateway.post<{ key: string }>(`/keys/${key.id}/rotate`, undefined, owner);
  expect((await gateway.get("/instances", cookie)).status).toBe(401);
  const anew = await signIn(rotated.body.key);
  expect((await gateway.get("/instances", anew)).status).toBe(200);
  await gateway.send("DELETE", `/keys/${key.id}`, { headers: owner });
  expect((await gateway.get("/instances", anew)).status).toBe(401);
});

test("a session goes on over a restart", async () => {
  const cookie = await signIn(KEY);
  await gateway.restart();
  expect((await gateway.get("/instances", cookie)).status).toBe(200);
});

test("a page of somebody else cannot make use of it", async () => {
  const cookie = await signIn(KEY);
  const create = (headers: Readonly<Record<string, string>>) =>
    gateway.post<ErrorReply>("/instances", { instanceId: "made" }, { ...cookie, ...headers });
  const bare = await create({});
  expect([bare.status, bare.body.error.code]).toEqual([403, "FORBIDDEN"]);
  expect((await create({ ...OURS, origin: "https://evil.example" })).status).toBe(403);
  // It may call, but with a key of its own.
  expect((await create({ ...OURS, origin: "https://app.test" })).status).toBe(403);
  expect((await gateway.get("/instances", { ...cookie, origin: "https://app.test" })).status).toBe(
    403,
  );
  const mutation = { query: `mutation { createInstance(input: { id: "made" }) { __typename } }` };
  expect((await gateway.post("/graphql", mutation, cookie)).status).toBe(403);
  expect((await gateway.get<readonly object[]>("/instances", cookie)).body).toEqual([]);
  expect((await create(OURS)).status).toBe(201);
  expect((await gateway.post("/session", undefined, bearer(KEY))).status).toBe(400);
  expect((await gateway.send("DELETE", "/session", { headers: cookie })).status).toBe(400);
});

test("a socket is opened by the cookie on our own page, and on no other", async () => {
  const cookie = await signIn(KEY);
  const open = (headers: Readonly<Record<string, string>>) =>
    new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
      headers: { ...cookie, ...headers },
    });
  const ours = open({ origin: gateway.url });
  await once(ours, "open");
  ours.send(JSON.stringify({ type: "connection_init" }));
  const [ack] = (await once(ours, "message")) as [Buffer];
  expect(JSON.parse(ack.toString())).toEqual({ type: "connection_ack" });
  ours.terminate();
  const [error] = (await once(open({ origin: "https://app.test" }), "error")) as [Error];
  expect(error.message).toContain("403");
});
