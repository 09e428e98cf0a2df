import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { reasonsOf } from "../../src/health/readiness.ts";
import { createDashboard } from "../../src/http/dashboard.ts";
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
  expect(answer.headers.location).toBe("/dashboard/");
});

test("the dashboard needs no key, is never kept, and lets in nothing from elsewhere", async () => {
  await using door = await openDoor({ apiKey: KEY });
  const page = await door.call({ path: "/dashboard/" });
  expect(page.status).toBe(200);
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.headers["cache-control"]).toBe("no-store");
  const policy = page.headers["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(page.text).not.toMatch(/(src|href)="(?!\/dashboard\/assets\/)/);
  expect(page.text).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/);

  // Its addresses are the page's own business; beside it they are nobody's.
  expect(await door.call({ path: "/dashboard/chat/me/1%40lid" })).toMatchObject({
    text: page.text,
  });
  expect((await door.call({ path: "/dashboards" })).status).toBe(401);
  const short = await door.call({ path: "/dashboard" });
  expect(short).toMatchObject({ status: 308, headers: { location: "/dashboard/" } });
});

test("what the dashboard is made of is kept for ever, and read only", async () => {
  await using door = await openDoor({ apiKey: KEY });
  const { text } = await door.call({ path: "/dashboard/" });
  const [path = ""] = /\/dashboard\/assets\/[^"]+\.js/.exec(text) ?? [];
  const plain = await door.call({ path });
  expect(plain.status).toBe(200);
  expect(plain.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  });
  const zipped = await fetch(door.url + path);
  expect(zipped.headers.get("content-encoding")).toBe("gzip");
  expect(await zipped.text()).toBe(plain.text);
  const head = await door.call({ method: "HEAD", path });
  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers["content-length"]).toBe(plain.headers["content-length"]);
  for (const method of ["POST", "PUT", "DELETE"]) {
    const refused = await door.call({ method, path: "/dashboard/" });
    expect(refused).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  }
});

test.each([
  "/dashboard/assets/index-00000000.js",
  "/dashboard/assets/",
  "/dashboard/assets/../index.html",
  "/dashboard/assets/..%2f..%2fvite.config.ts",
  "/dashboard/assets/%2e%2e/%2e%2e/package.json",
])("%s leads to no file", async (path) => {
  await using door = await openDoor();
  const { status, text } = await door.call({ path });
  // Where dots have left the folder it is the page, as for any address below it.
  if (status === 200) expect(text).toContain('<div id="root">');
  else expect(status).toBe(404);
  expect(text).not.toMatch(/defineConfig|devDependencies/);
});

test("where it was not built the dashboard says how to", async () => {
  const dashboard = createDashboard(new URL("file:///nowhere/"));
  const request = { method: "GET", headers: {} } as IncomingMessage;
  const asked = dashboard(request, {} as ServerResponse, "/dashboard/");
  await expect(asked).rejects.toThrow("npm run build");
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
    readiness: reasonsOf({ database: async () => reason, disk: async () => undefined }),
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
    readiness: reasonsOf({
      database: () => new Promise(() => {}),
      disk: () => Promise.reject(new Error("/secret/path")),
    }),
  });
  const answer = await door.call({ path: "/readyz" });
  expect(answer.status).toBe(503);
  expect(answer.text).toContain("database does not answer; disk failed");
});
