import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { KEY, openDoor } from "./door.ts";

test("a query is answered, and the caller is known", async () => {
  await using door = await openDoor();
  const answer = await door.query("{ caller }");
  expect(answer).toMatchObject({ status: 200, text: '{"data":{"caller":"local"}}' });
  expect(answer.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
});

test.each([
  "/x/graphql",
  "/graphql/",
  "/graphql/x",
  "/?x=/graphql",
  "/health",
  "/x/health",
  "//graphql",
])("nothing is at %s", async (path) => {
  await using door = await openDoor();
  const answer = await door.call({ path });
  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.text)).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("a query string that looks like Yoga's health check is still a query", async () => {
  await using door = await openDoor();
  const path = "/graphql?query={caller}&x=/health";
  const answer = await door.call({ path, headers: { "graphql-require-preflight": "1" } });
  expect(answer.text).toContain("local");
});

test.each(["http://elsewhere/graphql", "*", "graphql"])(
  "the target %s is refused",
  async (path) => {
    await using door = await openDoor();
    expect((await door.call({ path, method: path === "*" ? "OPTIONS" : "GET" })).status).toBe(400);
  },
);

test("bytes that are not HTTP get one clear answer", async () => {
  await using door = await openDoor();
  const socket = connect(door.port, "127.0.0.1");
  socket.write("HELLO\r\n\r\n");
  const bytes = await socket.toArray();
  expect(Buffer.concat(bytes as Buffer[]).toString()).toMatch(/^HTTP\/1.1 400 [^]*BAD_INPUT/);
});

test("an error of ours shows the request's id and no more", async () => {
  await using door = await openDoor();
  const answer = await door.query("{ bug }");
  const id = String(answer.headers["x-request-id"]);
  expect(JSON.parse(answer.text)).toMatchObject({
    errors: [{ extensions: { code: "INTERNAL", requestId: id } }],
  });
  expect(door.seen.lines.join("")).toContain(id);
  expect(answer.text).not.toMatch(/secret|\.ts/);
  expect(door.seen.lines.join("")).toContain("secret detail");
});

test("a plugin that breaks shows nothing of it either", async () => {
  await using door = await openDoor();
  await using broken = await openDoor({
    api: {
      ...door.api,
      plugins: [
        {
          onRequest() {
            throw new Error("secret detail");
          },
        },
      ],
    },
  });
  const answer = await broken.call({ path: "/instances" });
  expect(answer.status).toBe(500);
  expect(answer.text).not.toMatch(/secret|\.ts/);
  expect(JSON.parse(answer.text)).toMatchObject({ error: { code: "INTERNAL" } });
});

test("a taken port is named with what to do", async () => {
  await using door = await openDoor();
  await expect(openDoor({ port: door.port })).rejects.toThrow(/another program uses it.*set PORT/);
});

test("disposing ends streams, lets nobody wait, and may be done twice", async () => {
  const door = await openDoor();
  const idle = connect(door.port, "127.0.0.1");
  await once(idle, "connect");
  const stream = door.call({
    path: "/graphql?query=subscription{silence}",
    headers: { accept: "text/event-stream", "graphql-require-preflight": "1" },
  });
  await expect.poll(() => door.seen.running).toBe(1);
  const socket = door.socket();
  await once(socket, "open");
  const closed = once(socket, "close");

  const startedAt = Date.now();
  await Promise.all([door[Symbol.asyncDispose](), door[Symbol.asyncDispose]()]);
  await door[Symbol.asyncDispose]();
  expect(Date.now() - startedAt).toBeLessThan(2_000);
  expect((await closed)[0]).toBe(1001);
  expect((await stream).text).toContain("silence");
  await expect.poll(() => door.seen.running).toBe(0);
  idle.destroy();
  await expect(door.call({})).rejects.toThrow(/ECONNREFUSED/);
});

test("with a key: 401 says how to send it, in the shape the caller expects", async () => {
  await using door = await openDoor({ apiKey: KEY });
  const rest = await door.call({ path: "/instances" });
  expect(rest.status).toBe(401);
  expect(JSON.parse(rest.text)).toMatchObject({
    error: { code: "UNAUTHENTICATED", message: expect.stringContaining("X-API-Key") as string },
  });
  const graphql = await door.query("{ caller }", { "x-api-key": `${KEY}x` });
  expect(graphql.status).toBe(401);
  expect(JSON.parse(graphql.text)).toMatchObject({
    errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect((await door.query("{ caller }", { "x-api-key": KEY })).status).toBe(200);
  const bearer = await door.query("{ caller }", { authorization: `Bearer ${KEY}` });
  expect(bearer.text).toContain("API_KEY");
});
