import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import type { Door } from "./door.ts";
import { KEY, openDoor } from "./door.ts";

type Headers = (port: number) => Record<string, string>;

const HONEST: readonly (readonly [string, Headers])[] = [
  ["curl at localhost", (port) => ({ host: `localhost:${port}` })],
  ["curl at 127.0.0.1", (port) => ({ host: `127.0.0.1:${port}` })],
  ["curl at [::1]", (port) => ({ host: `[::1]:${port}` })],
  ["our own page", (port) => ({ host: `localhost:${port}`, origin: `http://localhost:${port}` })],
  ["an allowed origin", () => ({ origin: "https://app.example.com" })],
  ["an allowed host", () => ({ host: "gateway.local" })],
  ["an allowed host with its port", () => ({ host: "gateway.lan:8080" })],
  [
    "our page behind TLS",
    () => ({
      host: "gateway.local",
      origin: "https://gateway.local",
      "sec-fetch-site": "same-origin",
    }),
  ],
];

const DISHONEST: readonly (readonly [string, Headers])[] = [
  ["a rebound name", (port) => ({ host: `evil.example:${port}` })],
  ["a rebound name and its own origin", (port) => evil(port)],
  ["a name that starts like ours", (port) => ({ host: `localhost.evil.example:${port}` })],
  ["an address that starts like ours", (port) => ({ host: `127.0.0.1.evil.example:${port}` })],
  ["another port", (port) => ({ host: `localhost:${port === 80 ? 81 : port - 1}` })],
  ["no port", () => ({ host: "localhost" })],
  ["an allowed host with another port", () => ({ host: "gateway.lan:8081" })],
  ["another page", () => ({ origin: "https://evil.example" })],
  ["a page on another local port", () => ({ origin: "http://localhost:3000" })],
  ["a page without an origin", () => ({ origin: "null" })],
  ["an origin that contains ours", () => ({ origin: "https://app.example.com.evil.example" })],
  ["an allowed origin over http", () => ({ origin: "http://app.example.com" })],
];

function evil(port: number): Record<string, string> {
  return { host: `evil.example:${port}`, origin: `http://evil.example:${port}` };
}

const open = (): Promise<Door> =>
  openDoor({
    allowedOrigins: ["https://app.example.com"],
    allowedHosts: ["gateway.local", "gateway.lan:8080"],
  });

/** Over every way in: 403 or not. */
async function verdicts(door: Door, headers: Record<string, string>): Promise<readonly boolean[]> {
  const post = await door.query("{ caller }", headers);
  const get = await door.call({ path: "/graphql?query={caller}", headers });
  const sse = await door.call({
    path: "/graphql?query=subscription{breaks}",
    headers: { ...headers, accept: "text/event-stream" },
  });
  const rest = await door.call({ path: "/instances", headers });
  const socket = door.socket({ headers });
  const [response] = await Promise.race([
    once(socket, "open").then(() => []),
    once(socket, "unexpected-response").then(([, answer]: { statusCode?: number }[]) => [answer]),
  ]);
  socket.once("error", () => {}).terminate();
  return [...[post, get, sse, rest].map(({ status }) => status), response?.statusCode].map(
    (status) => status === 403,
  );
}

describe("without a key", () => {
  test.each(HONEST)("%s is let in", async (_name, headers) => {
    await using door = await open();
    expect(await verdicts(door, headers(door.port))).toEqual(Array(5).fill(false));
  });

  test.each(DISHONEST)("%s is turned away", async (_name, headers) => {
    await using door = await open();
    expect(await verdicts(door, headers(door.port))).toEqual(Array(5).fill(true));
  });

  test("an image on another page is turned away, a link is not", async () => {
    await using door = await open();
    const fetched = { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" };
    const path = "/graphql?query={caller}";
    expect((await door.call({ path, headers: fetched })).status).toBe(403);
    const followed = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    // An operation in a link gets past the guard and no further.
    expect((await door.call({ path, headers: followed })).status).toBe(400);
    const page = { ...followed, accept: "text/html" };
    expect((await door.call({ path, headers: page })).status).toBe(200);
  });

  test("an HTTP/1.0 request names no host and is turned away", async () => {
    await using door = await openDoor();
    const socket = connect(door.port, "127.0.0.1");
    socket.write("GET /graphql?query={caller} HTTP/1.0\r\n\r\n");
    const bytes = (await socket.toArray()) as Buffer[];
    expect(Buffer.concat(bytes).toString()).toMatch(/^HTTP\/1.1 403 /);
  });
});

describe("with a key", () => {
  test("any host may be used, but pages of other origins may not", async () => {
    await using door = await openDoor({ apiKey: KEY });
    const named = { host: "gateway.example.com", "x-api-key": KEY };
    expect((await door.query("{ caller }", named)).status).toBe(200);
    const other = await door.query("{ caller }", { ...named, origin: "https://evil.example" });
    expect(other.status).toBe(403);
    expect(JSON.parse(other.text)).toMatchObject({
      errors: [{ message: expect.stringContaining("ALLOWED_ORIGINS") as string }],
    });
  });

  test.each([
    ["our own over https", "https://gateway.example.com", 200],
    ["our own over http", "http://gateway.example.com", 200],
    ["another port over http", "http://gateway.example.com:8080", 403],
    ["another port over https", "https://gateway.example.com:8443", 403],
    ["the port of https over http", "http://gateway.example.com:443", 403],
  ])(
    "behind a proxy, where the host has no port, a page is ours or not: %s",
    async (_, origin, status) => {
      await using door = await openDoor({ apiKey: KEY });
      const headers = { host: "gateway.example.com", "x-api-key": KEY, origin };
      expect((await door.query("{ caller }", headers)).status).toBe(status);
    },
  );

  test("hosts that were listed are the only ones", async () => {
    await using door = await openDoor({ apiKey: KEY, allowedHosts: ["gateway.local"] });
    const key = { "x-api-key": KEY };
    expect((await door.query("{ caller }", { ...key, host: "gateway.local" })).status).toBe(200);
    expect((await door.query("{ caller }", { ...key, host: "evil.example" })).status).toBe(403);
  });
});

describe("cors", () => {
  const origin = "https://app.example.com";

  test("an allowed origin may ask first and read the answer", async () => {
    await using door = await open();
    const asked = { origin, "access-control-request-method": "POST" };
    const preflight = await door.call({ method: "OPTIONS", headers: asked });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-headers": expect.stringContaining("idempotency-key") as string,
      vary: "Origin",
    });
    expect(preflight.headers).not.toHaveProperty("access-control-allow-credentials");
    const answer = await door.query("{ caller }", { origin });
    expect(answer.headers["access-control-allow-origin"]).toBe(origin);
  });

  test("another origin learns nothing", async () => {
    await using door = await open();
    const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const preflight = await door.call({ method: "OPTIONS", headers });
    expect(preflight.status).toBe(403);
    expect(preflight.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("a preflight needs no key", async () => {
    await using door = await openDoor({ apiKey: KEY, allowedOrigins: [origin] });
    expect((await door.call({ method: "OPTIONS", headers: { origin } })).status).toBe(204);
  });
});
