import { expect, test } from "vitest";
import { KEY, openDoor } from "./door.ts";

const HTML = { accept: "text/html,application/xhtml+xml" };

test("GraphiQL comes whole from here, and needs no key", async () => {
  await using door = await openDoor({ apiKey: KEY });
  const page = await door.call({ headers: HTML });
  expect(page.status).toBe(200);
  expect(page.headers["content-type"]).toContain("text/html");
  expect(page.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(page.text).toContain("<title>wagraph</title>");
  // Over WebSocket the page would not send its key.
  expect(page.text).toContain('"subscriptionsProtocol":"SSE"');
  expect(page.text).toContain('"shouldPersistHeaders":false');
  // Only what the page itself would load: its script is full of links to documentation.
  const [head = ""] = page.text.split("<style>");
  expect(head).not.toMatch(/(src|href)=["']?(https?:)?\/\//);
  expect(page.text).not.toMatch(/<script[^>]+src=|<link[^>]+stylesheet|@import/);
});

test("a browser gets it packed", async () => {
  await using door = await openDoor();
  const packed = await fetch(`${door.url}/graphql`, { headers: HTML });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  const text = await packed.text();
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(text).toContain('"subscriptionsProtocol":"WS"');
});

test("a browser at the root is shown the way", async () => {
  await using door = await openDoor({ apiKey: KEY });
  const answer = await door.call({ path: "/", headers: HTML });
  expect(answer.status).toBe(302);
  expect(answer.headers.location).toBe("/graphql");
});

test("a page is for people: data needs the key", async () => {
  await using door = await openDoor({ apiKey: KEY });
  const post = await door.query("{ caller }", HTML);
  expect(post.status).toBe(401);
  expect((await door.call({ path: "/instances", headers: HTML })).status).toBe(401);
  expect((await door.call({ path: "/" })).status).toBe(401);
});

test("health needs neither key nor host", async () => {
  let reason: string | undefined;
  await using door = await openDoor({
    apiKey: KEY,
    readiness: { database: async () => reason, disk: async () => undefined },
  });
  const headers = { host: "10.1.2.3:5000" };
  expect(await door.call({ path: "/livez", headers })).toMatchObject({ status: 200, text: "ok" });
  expect((await door.call({ path: "/readyz", headers })).status).toBe(200);
  reason = "does not answer";
  const answer = await door.call({ path: "/readyz", headers });
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.text)).toEqual({
    error: { code: "UNAVAILABLE", message: "Not ready: database does not answer." },
  });
});

test("a check that hangs or throws is a reason", async () => {
  await using door = await openDoor({
    readiness: {
      database: () => new Promise(() => {}),
      disk: () => Promise.reject(new Error("/secret/path")),
    },
  });
  const answer = await door.call({ path: "/readyz" });
  expect(answer.status).toBe(503);
  expect(answer.text).toContain("database does not answer; disk failed");
});
