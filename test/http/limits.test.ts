import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { getIntrospectionQuery, parse } from "graphql";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BodyBudget } from "../../src/http/body-budget.ts";
import { DOCUMENT_LIMITS, tooHeavy } from "../../src/http/document-limits.ts";
import { openDoor } from "./door.ts";

const MIB = 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

const nested = (depth: number): string =>
  `{ ${"node { ".repeat(depth)} name ${"} ".repeat(depth)} }`;
const aliased = (count: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: caller`).join(" ")} }`;

describe("documents", () => {
  test.each([
    ["deep", nested(DOCUMENT_LIMITS.depth)],
    ["very deep", nested(2_000)],
    ["full of aliases", aliased(DOCUMENT_LIMITS.aliases + 1)],
    ["very full of aliases", aliased(10_000)],
    ["full of directives", `{ ${`node @skip(if: false) { `.repeat(51)} name ${"} ".repeat(51)} }`],
    ["full of directives in one place", `{ caller ${"@skip(if: false) ".repeat(6)} }`],
    ["a field again and again", `{ ${"caller ".repeat(6)} }`],
    [
      "a field again and again in a fragment",
      `{ ...a } fragment a on Query { ${"caller ".repeat(6)} }`,
    ],
    ["long", `{ caller } #${"x".repeat(40_000)}`],
    ["full of tokens", `{ ${"caller ".repeat(2_100)} }`],
    ["folded", `{ ...a } ${folded(30)}`],
  ])("one that is %s is refused", async (_name, query) => {
    await using door = await openDoor();
    const answer = await door.query(query);
    // GraphQL over HTTP asks for 200 when a query cannot be parsed and the caller wants plain JSON.
    expect(answer.status).toBe(answer.text.includes("Syntax Error") ? 200 : 400);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [expect.anything()] });
    expect(answer.text).not.toContain('"data"');
  });

  test("an honest one is answered, the second time too", async () => {
    await using door = await openDoor();
    for (const query of [nested(10), aliased(50), getIntrospectionQuery({ descriptions: true })]) {
      expect((await door.query(query)).status).toBe(200);
      expect((await door.query(query)).status).toBe(200);
    }
  });

  test("a fragment weighs what it stands for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), (depth) => {
        const inner = `fragment f on Node { ${"node { ".repeat(depth - 1)} name ${"} ".repeat(depth - 1)} }`;
        const direct = tooHeavy(parse(nested(depth)));
        const spread = tooHeavy(parse(`{ node { ...f } } ${inner}`));
        expect(spread).toBe(direct);
      }),
    );
  });

  test("cycles of fragments are left to validation", () => {
    expect(
      tooHeavy(parse("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }")),
    ).toBe(undefined);
  });
});

/** Twice the last one at every step: 2^n fields in n lines. */
function folded(steps: number): string {
  const names = Array.from({ length: steps }, (_, index) => (index === 0 ? "a" : `f${index}`));
  return names
    .map((name, index) => {
      const next = names[index + 1];
      const spread = next === undefined ? "caller" : `...${next} ...${next}`;
      return `fragment ${name} on Query { ${spread} }`;
    })
    .join("\n");
}

describe("bodies", () => {
  test.each([
    ["/graphql", 20 * MIB],
    ["/instances", 2 * MIB],
    ["/instances/a/sendMessage", 2 * MIB],
    ["/instances/a/sendImage", 20 * MIB],
  ])("%s refuses %i bytes at once", async (path, size) => {
    await using door = await openDoor();
    const answer = await door.call({
      path,
      method: "POST",
      headers: { ...JSON_TYPE, "content-length": size, connection: "keep-alive" },
      body: Buffer.alloc(size, " "),
    });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("BODY_TOO_LARGE");
  });

  test("a body that does not say how long it is is refused when it is too long", async () => {
    await using door = await openDoor();
    const headers = { ...JSON_TYPE, "transfer-encoding": "chunked" };
    const body = Buffer.alloc(2 * MIB, " ");
    const answer = await door.call({ path: "/instances", method: "POST", headers, body });
    expect(answer.status).toBe(413);
  });

  test("whoever sends it all, and wants the connection closed, reads the answer all the same", async () => {
    await using door = await openDoor();
    const socket = connect(door.port, "127.0.0.1");
    const length = 20 * MIB;
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost:${door.port}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    // Looks at the answer only when all is sent, as simple clients do.
    socket.pause();
    socket.write(head);
    await new Promise((resolve) => socket.write(Buffer.alloc(length, " "), resolve));
    const bytes = (await socket.toArray()) as Buffer[];
    expect(Buffer.concat(bytes).toString()).toMatch(/^HTTP\/1.1 413 [^]*BODY_TOO_LARGE/);
  });

  test("who waits for our consent learns before sending", async () => {
    await using door = await openDoor();
    const headers = { ...JSON_TYPE, expect: "100-continue", "content-length": 20 * MIB };
    const refused = request({ port: door.port, path: "/graphql", method: "POST", headers });
    refused.flushHeaders();
    const [answer] = (await once(refused, "response")) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(413);
    refused.destroy();
  });

  test("consent is given to a body that fits", async () => {
    await using door = await openDoor();
    const body = JSON.stringify({ query: "{ caller }" });
    const headers = { ...JSON_TYPE, expect: "100-continue", "content-length": body.length };
    const waiting = request({ port: door.port, path: "/graphql", method: "POST", headers });
    waiting.flushHeaders();
    await once(waiting, "continue");
    waiting.end(body);
    const [answer] = (await once(waiting, "response")) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });

  test("a large base64 variable fits", async () => {
    await using door = await openDoor();
    const variables = { text: "x".repeat(15 * MIB) };
    const query = "mutation ($text: String!) { echo(text: $text) }";
    const body = JSON.stringify({ query, variables });
    const answer = await door.call({ method: "POST", headers: JSON_TYPE, body });
    expect(answer.text).toBe(`{"data":{"echo":"${15 * MIB}"}}`);
  });

  test("a compressed body is refused", async () => {
    await using door = await openDoor();
    const headers = { ...JSON_TYPE, "content-encoding": "gzip" };
    const answer = await door.call({ method: "POST", headers, body: "x" });
    expect(answer.status).toBe(415);
  });

  test("the budget refuses what all together would exceed, and gets back what is done", () => {
    const budget = new BodyBudget(10);
    const first = budget.share(null);
    using second = budget.share(null);
    first.grow(6);
    second.grow(4);
    expect(() => second.grow(1)).toThrow(/Try again/);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    second.grow(6);
    expect(() => second.grow(1)).toThrow(/Try again/);
  });

  test("a key holds at most half of the budget, however many bodies it sends", () => {
    const budget = new BodyBudget(10);
    const first = budget.share("k");
    using second = budget.share("k");
    using other = budget.share("o");
    first.grow(3);
    second.grow(2);
    expect(() => second.grow(1)).toThrow("of this key");
    other.grow(5);
    first[Symbol.dispose]();
    second.grow(3);
  });

  test("a caller that hangs up halfway leaves no trace", async () => {
    await using door = await openDoor();
    const socket = connect(door.port, "127.0.0.1");
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: localhost:${door.port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    await once(socket, "ready");
    await setImmediate();
    socket.destroy();
    expect((await door.query("{ caller }")).status).toBe(200);
    expect(door.seen.lines).toEqual([]);
  });
});

describe("what mutates", () => {
  const mutation = 'mutation { echo(text: "a") }';

  test.each([
    ["a form", "application/x-www-form-urlencoded", `query=${encodeURIComponent(mutation)}`],
    ["plain text", "text/plain", JSON.stringify({ query: mutation })],
    ["a bare query", "application/graphql", mutation],
    ["nothing said", undefined, JSON.stringify({ query: mutation })],
  ])("not %s", async (_name, type, body) => {
    await using door = await openDoor();
    const headers = type === undefined ? {} : { "content-type": type };
    const answer = await door.call({ method: "POST", headers, body });
    expect(answer.status).toBe(415);
    expect(JSON.parse(answer.text)).toMatchObject({
      errors: [{ extensions: { code: "UNSUPPORTED_MEDIA_TYPE" } }],
    });
  });

  test("not a GET", async () => {
    await using door = await openDoor();
    const path = `/graphql?query=${encodeURIComponent(mutation)}`;
    expect((await door.call({ path })).status).toBe(400);
    const headers = { "graphql-require-preflight": "1" };
    expect((await door.call({ path, headers })).status).toBe(405);
  });

  test("an upload, if no form on another page can have sent it", async () => {
    await using door = await openDoor();
    const form = new FormData();
    form.set("operations", JSON.stringify({ query: mutation }));
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${door.url}/graphql`, { method: "POST", headers, body: form });
    expect((await post({})).status).toBe(400);
    expect(await (await post({ "graphql-require-preflight": "1" })).json()).toEqual({
      data: { echo: "1" },
    });
  });

  test("JSON, however its type is written, but not a batch", async () => {
    await using door = await openDoor();
    const headers = { "content-type": "Application/JSON ; charset=UTF-8" };
    const body = JSON.stringify({ query: mutation });
    expect((await door.call({ method: "POST", headers, body })).status).toBe(200);
    expect((await door.call({ method: "POST", headers, body: `[${body}]` })).status).toBe(400);
    expect((await door.call({ method: "POST", headers, body: "{" })).status).toBe(400);
    expect((await door.call({ method: "POST", headers })).status).toBe(400);
  });
});

test("a URL that is too long is refused", async () => {
  await using door = await openDoor();
  const answer = await door.call({ path: `/graphql?query=${"x".repeat(9_000)}` });
  expect(answer.status).toBe(414);
});

test("headers that are too large are refused", async () => {
  await using door = await openDoor();
  const answer = await door.call({ headers: { "x-large": "x".repeat(17_000) } });
  expect(answer.status).toBe(431);
});
