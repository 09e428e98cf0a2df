import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorReply } from "../support/calls.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { type MadeKey, makeKey } from "./made-key.ts";

let gateway: TestGateway;
let admin: MadeKey;
const SCOPES = ["keys:admin", "instances:read"];
const END = new Date(Date.now() + 3_600_000).toISOString();
beforeAll(async () => {
  gateway = await startTestGateway();
  const cidrs = ["127.0.0.0/8", "::ffff:7f00:0/104"];
  admin = await makeKey(gateway, { scopes: SCOPES, cidrs, ratePerMinute: 100, expiresAt: END });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const make = (input: object) =>
  admin.calls.post<ErrorReply>("/keys", { name: "child", scopes: ["instances:read"], ...input });

test("a key that is bound makes keys that are bound as it is", async () => {
  const { status, body } = await make({});
  expect(status).toBe(201);
  expect(body).toMatchObject({
    cidrs: ["127.0.0.0/8", "::ffff:7f00:0/104"],
    ratePerMinute: 100,
    expiresAt: END,
  });
});

test.each([
  ["fewer addresses", { cidrs: ["127.0.0.1", "127.1.0.0/16"] }],
  ["a lower rate", { ratePerMinute: 1 }],
  ["an earlier end", { expiresAt: new Date(Date.now() + 60_000).toISOString() }],
])("or with %s", async (_what, input) => {
  expect(await make(input)).toMatchObject({ status: 201, body: input });
});

test.each([
  ["another network", { cidrs: ["10.0.0.0/8"] }],
  ["a network around its own", { cidrs: ["127.0.0.1", "126.0.0.0/7"] }],
  ["all addresses", { cidrs: ["0.0.0.0/0", "::/0"] }],
  ["a higher rate", { ratePerMinute: 101 }],
  ["a later end", { expiresAt: new Date(Date.now() + 7_200_000).toISOString() }],
])("and none with %s", async (_what, input) => {
  const { status, body } = await make(input);
  expect([status, body.error.code]).toEqual([403, "FORBIDDEN"]);
});

test("it does not get the text of a key that is bound less", async () => {
  const free = await makeKey(gateway, { scopes: ["instances:read"] });
  const { status, body } = await admin.calls.post<ErrorReply>(`/keys/${free.id}/rotate`);
  expect([status, body.error.code]).toEqual([403, "FORBIDDEN"]);
  expect((await free.calls.get("/instances")).status).toBe(200);
  // To take it away is something else.
  expect((await admin.calls.delete(`/keys/${free.id}`)).status).toBe(200);
});

test.each([["API_KEY"], ["local"], ["Unknown"]])(
  "no key is called %s: the trail would name somebody else",
  async (name) => {
    const { status, body } = await gateway.post<ErrorReply>("/keys", { name, scopes: SCOPES });
    expect([status, body.error.code]).toEqual([400, "BAD_INPUT"]);
  },
);

test("a network that means something on one machine only is none", async () => {
  const cidrs = ["fe80::1%lo/64"];
  const reply = await gateway.post<ErrorReply>("/keys", { name: "k", scopes: SCOPES, cidrs });
  expect([reply.status, reply.body.error.code]).toEqual([400, "BAD_INPUT"]);
});

const cancel = (name: string) => `${name}: cancelMessage(instanceId: "x", id: "y") { __typename }`;

test("every change in an operation counts for the rate", async () => {
  const key = await makeKey(gateway, { scopes: ["messages:send"], ratePerMinute: 3 });
  const query = `mutation { ${["a", "b", "c", "d", "e"].map(cancel).join(" ")} }`;
  const { body } = await key.calls.post<{
    data: object;
    errors: readonly { path: readonly string[]; extensions: object }[];
  }>("/graphql", { query });
  expect(body.errors.map(({ path, extensions }) => [path[0], extensions])).toEqual([
    // What comes behind it is not tried any more.
    ["d", { code: "RATE_LIMITED" }],
  ]);
});
