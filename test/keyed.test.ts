import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { subscribe } from "./support/subscription.ts";

const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
const BEARER = { authorization: `Bearer ${KEY}` };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ env: { API_KEY: KEY } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const FOLLOW = `subscription { events { __typename } }`;

test.each([
  ["none", {}],
  ["a wrong one", { authorization: `Bearer ${KEY}x` }],
  ["a wrong one by the other name", { "x-api-key": "x" }],
])(
  "with a key set, a caller with %s is told so on every way in, and nothing happens",
  async (_which, headers) => {
    const create = await gateway.post<ErrorReply>("/instances", { instanceId: "no" }, headers);
    expect([create.status, create.body.error.code]).toEqual([401, "UNAUTHENTICATED"]);
    const query = `mutation { createInstance(input: {id: "no"}) { __typename } }`;
    const graphql = await gateway.post<{ errors: readonly [{ extensions: object }] }>(
      "/graphql",
      { query },
      headers,
    );
    expect(graphql.body.errors[0].extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(gateway.sse("/events", headers)).rejects.toThrow("401");
    await using follow = subscribe(gateway.url, FOLLOW, {}, headers);
    await expect(follow.next()).rejects.toBeDefined();
    expect(await gateway.get("/instances", BEARER)).toMatchObject({ body: [] });
  },
);

test.each([
  ["Authorization", BEARER],
  ["X-API-Key", { "x-api-key": KEY }],
])("the key is taken as %s on every way in", async (_name, headers) => {
  expect(await gateway.get("/instances", headers)).toMatchObject({ status: 200, body: [] });
  const graphql = await gateway.post("/graphql", { query: "{ version }" }, headers);
  expect(graphql).toMatchObject({
    status: 200,
    body: { data: { version: expect.any(String) as string } },
  });
  await using sse = await gateway.sse("/events", headers);
  expect((await sse.next()).id).toBeDefined();
  await using follow = subscribe(gateway.url, FOLLOW, {}, headers);
  expect(await follow.next()).toEqual({ events: { __typename: "StreamPosition" } });
});

test("the key stands in no line of the log", () => {
  expect(JSON.stringify(gateway.lines)).not.toContain(KEY);
});
