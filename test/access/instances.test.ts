import { createClient } from "graphql-ws/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCOPES } from "../../src/domain/scope.ts";
import { schema } from "../../src/graphql/schema.ts";
import { aliases } from "../../src/rest/aliases.ts";
import type { Account } from "../../simulator/index.ts";
import { aliasCall } from "../support/alias-calls.ts";
import { eventually } from "../support/eventually.ts";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { type GeneratedOperation, operationsOf } from "../support/operations.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import type { ShownEvent } from "../support/shown.ts";
import { subscribe } from "../support/subscription.ts";
import { makeTheirGroup, STRANGER, type TheirGroup } from "./their-group.ts";
import { bearer, type MadeKey, makeKey } from "./made-key.ts";

const MINE = "15550000001";
const THEIRS = "15550000002";

/** Words that stand in what belongs to "theirs" and nowhere else. */
const SECRETS = ["hush", THEIRS, "theirs-hook"];

let gateway: TestGateway;
let receiver: Receiver;
/** May do everything, with the instance "mine". */
let key: MadeKey;
let alice: Account;
/** Ids of everything that belongs to "theirs". */
let ids: readonly string[];
let before: string;
let theirGroup: TheirGroup;

beforeAll(async () => {
  gateway = await startTestGateway();
  receiver = await startReceiver();
  await gateway.linked("mine", MINE);
  await gateway.linked("theirs", THEIRS);
  alice = await gateway.wa.account("15550000003");
  const hook = await gateway.post<{ id: string; secret: string }>("/instances/theirs/webhooks", {
    url: `${receiver.url}?theirs-hook`,
    description: "hush, theirs",
  });
  receiver.trust(hook.body.secret);
  await gateway.graphql(
    `mutation { renameInstance(id: "theirs", name: "hush, a name") { __typename } }`,
  );
  const { id: messageId } = await alice.send(THEIRS, { text: "hush, a message" });
  const dora = await gateway.wa.account("15550000004", { name: "hush, a contact" });
  await dora.send(THEIRS, { text: "hush, too" });
  await gateway.event("theirs", "message.received");
  await gateway.event(
    "theirs",
    "message.received",
    ({ data }) => data.message?.text === "hush, too",
  );
  await receiver.event("message.received");
  const queued = await gateway.post<{ messageId: string }>("/instances/theirs/sendMessage", {
    to: "15550000003",
    message: "hush, later",
    scheduledAt: "2099-01-01T00:00:00Z",
  });
  const batch = await gateway.post<{ id: string }>("/instances/theirs/batches", {
    content: { text: "hush, all of you" },
    recipients: ["15550000003"],
    scheduledAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const replay = await gateway.graphql<{ replayWebhook: { id: string } }>(
    `mutation ($id: ID!) { replayWebhook(id: $id, input: { after: "earliest" }) { ... on WebhookReplay { id } } }`,
    { id: hook.body.id },
  );
  const found = await gateway.graphql<{
    instance: {
      messages: { edges: readonly { node: { uid: string } }[] };
      webhooks: readonly { deliveries: { edges: readonly { node: { id: string } }[] } }[];
    };
  }>(`{ instance(id: "theirs") { messages { edges { node { uid } } }
      webhooks { deliveries { edges { node { id } } } } } }`);
  const theirKey = await makeKey(gateway, { scopes: ["messages:read"], instanceIds: ["theirs"] });
  const { messages, webhooks } = found.instance;
  ids = [
    "theirs",
    hook.body.id,
    replay.replayWebhook.id,
    batch.body.id,
    messageId,
    queued.body.messageId,
    theirKey.id,
    ...messages.edges.map(({ node }) => node.uid),
    ...webhooks.flatMap(({ deliveries }) =>
      deliveries.edges.slice(0, 2).map(({ node }) => node.id),
    ),
  ];
  theirGroup = await makeTheirGroup({ gateway, receiver, owner: THEIRS });
  SECRETS.push(STRANGER, theirGroup.invite);
  key = await makeKey(gateway, { scopes: SCOPES, instanceIds: ["mine"] });
  await eventually(idle, () => "deliveries are still pending");
  before = await stateOfTheirs();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function idle(): Promise<true | undefined> {
  const { webhooks } = await gateway.graphql<{
    webhooks: readonly { statistics: { pending: number; pendingReplayed: number } }[];
  }>(`{ webhooks { statistics { pending pendingReplayed } } }`);
  const isIdle = webhooks.every(({ statistics: s }) => s.pending + s.pendingReplayed === 0);
  return isIdle ? true : undefined;
}

/** All that their owner sees of them. */
async function stateOfTheirs(): Promise<string> {
  const state = await gateway.graphql(`{
    instance(id: "theirs") {
      status name phoneNumber pacing { perMinute }
      messages { edges { node { id status text } } }
      webhooks { id url description enabled events deliveries { edges { node { id state } } } }
    }
    batches(instanceId: "theirs") { edges { node { id state text } } }
    apiKeys { id revokedAt name instanceIds }
    blockedContacts(instanceId: "theirs") { edges { node { id } } }
    privacy(instanceId: "theirs") { lastSeen online picture about readReceipts groupAdd calls }
    contactAbout(instanceId: "theirs", contact: "${THEIRS}") { text }
    contactPicture(instanceId: "theirs", contact: "${THEIRS}") { url }
    groups(instanceId: "theirs") { edges { node { id subject description size locked announcement communityId } } }
  }`);
  return JSON.stringify(state, (name, value: unknown) =>
    name === "apiKeys"
      ? (value as { instanceIds: string[] | null }[]).filter(
          (each) => each.instanceIds?.[0] === "theirs",
        )
      : value,
  );
}

/** What a call answered, without what the caller had said themselves. */
function withoutEcho(answer: unknown, id: string): string {
  const said = JSON.stringify(answer);
  return [id, theirGroup.invite].reduce((left, own) => left.replaceAll(own, ""), said);
}

async function runOperation(
  { kind, source, variables }: GeneratedOperation,
  id: string,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const given = { query: source, variables: variables(id, theirGroup) };
  if (kind !== "subscription") return (await gateway.post("/graphql", given, headers)).body;
  const url = `${gateway.url.replace("http", "ws")}/graphql`;
  const client = createClient({ url, connectionParams: headers, retryAttempts: 0 });
  try {
    return (await client.iterate(given).next()).value ?? {};
  } finally {
    await client.dispose();
  }
}

const operations = operationsOf(schema);
/** Fields that answer with numbers and names of others, or with what is still to happen. */
const WORDLESS = new Set([
  "query.version",
  // It takes two ids, and has a test of its own.
  "query.chat",
  "query.contactCheck",
  "query.contactPicture",
  // Whoever has the invite may see the channel behind it.
  "query.channelByInvite",
  "query.contactAbout",
  "query.businessProfile",
  "query.catalog",
  "query.privacy",
  "query.auditVerdict",
  // Of all accounts together, for whoever may read metrics.
  "query.health",
  "query.auditEntries",
  "query.apiKey",
  "query.apiKeys",
  "query.deliveries",
  "query.delivery",
  "query.webhookReplay",
  "subscription.deliveryUpdates",
  "subscription.replayUpdates",
  "subscription.events",
]);

const reading = operations.filter(({ kind }) => kind !== "mutation");

describe("a key for one instance gets nothing of another", () => {
  test.each(operations)("$kind $field", async (operation) => {
    for (const id of ids) {
      const answer = await runOperation(operation, id, key.headers);
      const said = withoutEcho(answer, id);
      for (const secret of SECRETS) expect(said).not.toContain(secret);
    }
    expect(await stateOfTheirs()).toBe(before);
  });

  test.each(aliases)("$method $path", async (alias) => {
    for (const id of ids) {
      const { method, path, body } = aliasCall(alias, id, theirGroup);
      const reply = await key.calls.send(method, path, {
        ...(body !== undefined && {
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      });
      const said = withoutEcho(reply.body, id);
      for (const secret of SECRETS) expect(said).not.toContain(secret);
    }
    expect(await stateOfTheirs()).toBe(before);
  });

  // Or else the tests above would find nothing because there is nothing to find.
  test.each(reading.filter(({ kind, field }) => !WORDLESS.has(`${kind}.${field}`)))(
    "its owner does get it: $kind $field",
    async (operation) => {
      const all = await Promise.all(ids.map((id) => runOperation(operation, id, {})));
      expect(SECRETS.some((secret) => JSON.stringify(all).includes(secret))).toBe(true);
    },
  );
});

test("of somebody else's event nobody is told which webhooks got it", async () => {
  const { id } = await gateway.event("theirs", "message.received");
  const path = `/events/${id}/deliveries`;
  expect((await gateway.get<object[]>(path)).body).toHaveLength(1);
  expect((await key.calls.get(path)).body).toEqual([]);
});

test("a chat of somebody else's account is not there", async () => {
  const query = `query ($id: ID!) { chat(instanceId: "theirs", id: $id) { lastMessage { text } } }`;
  const ask = { query, variables: { id: alice.lid } };
  expect((await key.calls.post("/graphql", ask)).body).toEqual({ data: { chat: null } });
  expect(JSON.stringify((await gateway.post("/graphql", ask)).body)).toContain("hush");
});

test("an instance of somebody else is answered like one that is not there", async () => {
  const not = async (id: string) => {
    const { status, body } = await key.calls.get(`/instances/${id}/status`);
    return [status, withoutEcho(body, id)];
  };
  expect(await not("theirs")).toEqual(await not("nobodys"));
  const create = { instanceId: "theirs" };
  expect((await key.calls.post("/instances", create)).status).toBe(403);
  expect((await key.calls.post("/instances", { instanceId: "new" })).status).toBe(403);
  expect((await key.calls.post("/instances", {})).status).toBe(403);
});

test("of what happens only its own instance is told, over sockets, streams and webhooks", async () => {
  const SUBSCRIPTION = `subscription { events { ... on EventDelivery { event {
    instanceId ... on MessageReceived { message { text } } } } } }`;
  interface Item {
    readonly events: { readonly event?: { instanceId: string; message?: { text: string } } };
  }
  await using socket = subscribe<Item>(gateway.url, SUBSCRIPTION, {}, bearer(key.key));
  await socket.next();
  await using sse = await gateway.sse<ShownEvent>("/events", key.headers);
  await sse.next();
  await using mine = await startReceiver();
  const hook = await key.calls.post<{ id: string; secret: string }>("/instances/mine/webhooks", {
    url: mine.url,
  });
  mine.trust(hook.body.secret);
  const global = await key.calls.post("/webhooks", { url: mine.url });
  expect(global.status).toBe(403);

  await alice.send(THEIRS, { text: "hush, live" });
  await gateway.event(
    "theirs",
    "message.received",
    ({ data }) => data.message?.text === "hush, live",
  );
  await alice.send(MINE, { text: "for me" });
  const overSocket = await socket.until(({ events }) => events.event?.message !== undefined);
  expect(overSocket.events.event?.message?.text).toBe("for me");
  const overSse = await sse.until(({ data }) => data?.type === "message.received");
  expect(overSse.data?.data.message?.text).toBe("for me");
  const delivered = await mine.event("message.received");
  expect(delivered.data.message?.text).toBe("for me");
  expect(JSON.stringify(mine.events)).not.toContain("hush");

  const listed = await key.calls.get<readonly { id: string }[]>("/webhooks");
  expect(listed.body.map(({ id }) => id)).toEqual([hook.body.id]);
});
