import { createClient } from "graphql-ws/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "../../src/domain/scope.ts";
import { SCOPES } from "../../src/domain/scope.ts";
import { schema } from "../../src/graphql/schema.ts";
import { aliases } from "../../src/rest/aliases.ts";
import { aliasCall, rootFieldOf } from "../support/alias-calls.ts";
import type { ErrorReply } from "../support/calls.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { callsOf } from "../support/operations.ts";
import { subscribe } from "../support/subscription.ts";
import { bearer, type MadeKey, makeKey } from "./made-key.ts";
import { OPENS } from "./opens.ts";

let gateway: TestGateway;
const keys = new Map<Scope, MadeKey>();
beforeAll(async () => {
  gateway = await startTestGateway();
  for (const scope of SCOPES) {
    keys.set(scope, await makeKey(gateway, { name: scope, scopes: [scope] }));
  }
});
afterAll(() => gateway[Symbol.asyncDispose]());

function keyOf(scope: Scope): MadeKey {
  const key = keys.get(scope);
  if (!key) throw new Error(scope);
  return key;
}

interface GraphqlReply {
  readonly errors?: readonly {
    readonly path?: readonly string[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** Whether the field itself was refused, and not something far below it. */
function isForbidden({ errors = [] }: GraphqlReply): boolean {
  return errors.some(
    ({ path = [], extensions }) => extensions?.code === "FORBIDDEN" && path.length <= 1,
  );
}

/** The first thing that a subscription answers, if it answers anything. */
async function firstOf(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  key: string,
): Promise<GraphqlReply> {
  const url = `${gateway.url.replace("http", "ws")}/graphql`;
  const client = createClient({ url, connectionParams: bearer(key), retryAttempts: 0 });
  try {
    const first = await client.iterate({ query, variables }).next();
    return (first.value ?? {}) as GraphqlReply;
  } finally {
    await client.dispose();
  }
}

describe.concurrent.each(SCOPES)("a key for %s alone", (scope) => {
  test.each(callsOf(schema))("$kind $field", async ({ kind, field, source, variables }) => {
    const { key, calls } = keyOf(scope);
    const reply =
      kind === "subscription"
        ? await firstOf(source, variables("nope"), key)
        : (
            await calls.post<GraphqlReply>("/graphql", {
              query: source,
              variables: variables("nope"),
            })
          ).body;
    expect(isForbidden(reply)).toBe(!OPENS[`${kind}.${field}`]?.includes(scope));
  });

  test.each(aliases)("$method $path", async (alias) => {
    const { method, path, body } = aliasCall(alias, "nope");
    const reply = await keyOf(scope).calls.send<Partial<ErrorReply>>(method, path, {
      ...(body !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    const { code, details } = reply.body.error ?? {};
    expect(reply.status === 403).toBe(code === "FORBIDDEN");
    const openers = OPENS[rootFieldOf(alias)] ?? [];
    // A webhook for all events needs their scopes too: that is for the test below.
    const missing = String(details?.["scope"]).split(" ") as Scope[];
    const isForbiddenHere =
      code === "FORBIDDEN" &&
      missing.every((each) => openers.includes(each) || !openers.includes(scope));
    expect(isForbiddenHere).toBe(!openers.includes(scope));
  });
});

test("who may see an account but not its QR code gets the rest of it", async () => {
  await gateway.post("/instances", { instanceId: "me" });
  await gateway.event("me", "qr.update");
  const query = `{ instance(id: "me") { id status qr { text } pairingCode { code } } }`;
  const blind = await keyOf("instances:read").calls.post("/graphql", { query });
  expect(blind.body).toMatchObject({
    data: { instance: { id: "me", status: "AWAITING_SCAN", qr: null, pairingCode: null } },
    errors: [
      { extensions: { code: "FORBIDDEN", scope: "qr:read" } },
      { extensions: { code: "FORBIDDEN", scope: "qr:read" } },
    ],
  });
  const sees = await makeKey(gateway, { scopes: ["instances:read", "qr:read"] });
  expect((await sees.calls.post("/graphql", { query })).body).toMatchObject({
    data: { instance: { qr: { text: expect.any(String) as string } } },
  });
});

test("of the events, on every way, come only those that a key may read", async () => {
  const types = async (scope: Scope, query = "") => {
    const path = `/events?limit=200${query}`;
    const { status, body } = await keyOf(scope).calls.get<{ events: { type: string }[] }>(path);
    return status === 200 ? [...new Set(body.events.map(({ type }) => type))] : status;
  };
  expect(await types("qr:read")).toEqual(["qr.update"]);
  expect(await types("instances:read")).toContain("instance.created");
  expect(await types("instances:read")).not.toContain("qr.update");
  expect(await types("messages:read")).toEqual([]);
  expect(await types("metrics:read")).toBe(403);
  // Who names what they may not have is told so.
  expect(await types("instances:read", "&type=qr.update")).toBe(403);
  expect(await types("instances:read", "&type=connection.*")).toEqual([]);

  const { headers } = keyOf("qr:read");
  await using sse = await gateway.sse<{ type: string }>("/events?after=earliest", headers);
  expect((await sse.until(({ data }) => data !== undefined)).data?.type).toBe("qr.update");
  const follow = `subscription { events(after: "earliest") { ... on EventDelivery { event { type } } } }`;
  await using socket = subscribe<{ events: { event: { type: string } } }>(
    gateway.url,
    follow,
    {},
    headers,
  );
  expect((await socket.next()).events.event.type).toBe("qr.update");
});

test("nobody has events sent that they may not read", async () => {
  const key = await makeKey(gateway, { scopes: ["webhooks:write", "messages:read"] });
  const url = "http://127.0.0.1:9/hook";
  const make = (events?: readonly string[]) =>
    key.calls.post<ErrorReply & { id: string }>("/webhooks", { url, events });
  expect((await make()).body.error.details).toEqual({
    scope: "instances:read qr:read contacts groups webhooks:read",
  });
  expect((await make(["message.*", "qr.update"])).status).toBe(403);
  expect((await make(["*"])).status).toBe(403);
  const made = await make(["message.*"]);
  expect(made.status).toBe(201);
  const { patch } = key.calls;
  expect((await patch(`/webhooks/${made.body.id}`, { events: ["*"] })).status).toBe(403);
  expect((await patch(`/webhooks/${made.body.id}`, { description: "mine" })).status).toBe(200);

  const all = await gateway.post<{ id: string }>("/webhooks", { url });
  expect((await patch(`/webhooks/${all.body.id}`, { url: `${url}/theirs` })).status).toBe(403);
  expect((await patch(`/webhooks/${all.body.id}`, { enabled: false })).status).toBe(200);
  const withInstance = { instanceId: "new", webhook: url };
  const both = await makeKey(gateway, { scopes: ["instances:write", "webhooks:write"] });
  expect((await both.calls.post("/instances", withInstance)).status).toBe(403);
  expect((await keyOf("instances:write").calls.post("/instances", withInstance)).status).toBe(403);
  expect((await gateway.get("/instances/new/status")).status).toBe(404);
});

test("nobody gives what they do not have", async () => {
  const giver = await makeKey(gateway, {
    name: "giver",
    scopes: ["keys:admin", "messages:send"],
    instanceIds: ["me"],
  });
  const give = (input: object) => giver.calls.post<ErrorReply>("/keys", { name: "gift", ...input });
  const cannot = async (input: object) => {
    const { status, body } = await give(input);
    expect([status, body.error.code]).toEqual([403, "FORBIDDEN"]);
  };
  await cannot({ scopes: ["messages:read"], instanceIds: ["me"] });
  await cannot({ scopes: ["messages:send"] });
  await cannot({ scopes: ["messages:send"], instanceIds: ["me", "other"] });
  const given = await give({ scopes: ["messages:send"], instanceIds: ["me"] });
  expect(given).toMatchObject({ status: 201, body: { createdBy: "giver" } });

  const listed = await giver.calls.get<readonly { name: string }[]>("/keys");
  expect(listed.body.map(({ name }) => name)).toEqual(["giver", "gift"]);
  const { id } = keyOf("messages:read");
  expect((await giver.calls.get(`/keys/${id}`)).status).toBe(404);
  expect((await giver.calls.delete(`/keys/${id}`)).status).toBe(404);
  expect((await giver.calls.post(`/keys/${id}/rotate`)).status).toBe(404);
  expect((await keyOf("messages:read").calls.get("/events")).status).toBe(200);
});
