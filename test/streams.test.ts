import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent } from "./support/shown.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Item {
  readonly events: {
    readonly __typename: "EventDelivery" | "StreamPosition";
    readonly cursor: string;
    readonly event?: { readonly type: string; readonly message?: { readonly text: string } };
  };
}

const FOLLOW = `subscription ($after: Cursor, $filter: EventFilter) { events(after: $after, filter: $filter) { __typename
  ... on StreamPosition { cursor }
  ... on EventDelivery { cursor event { type ... on MessageReceived { message { text } } } } } }`;

const isReceived = (text: string) => (item: Item) => item.events.event?.message?.text === text;

test("a subscription first says where it stands, then tells what happens from then on", async () => {
  await alice.send(ME, { text: "before" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === "before");
  await using follow = gateway.subscribe<Item>(FOLLOW);
  const first = await follow.next();
  expect(first.events.__typename).toBe("StreamPosition");
  expect(first.events.cursor).toMatch(/./);
  await alice.send(ME, { text: "after" });
  const second = await follow.next();
  expect(second.events.event).toEqual({ type: "message.received", message: { text: "after" } });
});

test("a subscription goes on behind a cursor, over a restart, without a gap or a double", async () => {
  await using before = gateway.subscribe<Item>(FOLLOW, { filter: { types: ["message.received"] } });
  await before.next();
  await alice.send(ME, { text: "one" });
  const { events: seen } = await before.until(isReceived("one"));
  await before[Symbol.asyncDispose]();

  await alice.send(ME, { text: "two" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === "two");
  await gateway.restart();
  await alice.send(ME, { text: "three" });

  await using after = gateway.subscribe<Item>(FOLLOW, {
    after: seen.cursor,
    filter: { types: ["message.*"], instanceIds: ["me"] },
  });
  const texts: (string | undefined)[] = [];
  while (texts.length < 2) {
    const { events } = await after.next();
    if (events.event) texts.push(events.event.message?.text);
  }
  expect(texts).toEqual(["two", "three"]);
});

test('"earliest" begins with the oldest event that is kept', async () => {
  await using follow = gateway.subscribe<Item>(FOLLOW, { after: "earliest" });
  const { events } = await follow.until(({ events: item }) => item.event !== undefined);
  expect(events.event?.type).toBe("instance.created");
});

test("a subscription sees only the chats it asks for", async () => {
  const bob = await gateway.wa.account("5511999990003");
  await using follow = gateway.subscribe<Item>(FOLLOW, { filter: { chatIds: [bob.jid] } });
  await follow.next();
  await alice.send(ME, { text: "not for this one" });
  await bob.send(ME, { text: "from Bob" });
  const { events } = await follow.until(({ events: item }) => item.event !== undefined);
  expect(events.event?.message?.text).toBe("from Bob");
});

test("server-sent events carry the same, and Last-Event-ID goes on where a reader was", async () => {
  await using first = await gateway.sse<ShownEvent>("/events?type=message.received");
  await first.until(({ id }) => id !== undefined);
  await alice.send(ME, { text: "sse one" });
  const one = await first.until(({ data }) => data?.data.message?.text === "sse one");
  expect(one.data?.cursor).toBe(one.id);
  await first[Symbol.asyncDispose]();

  await alice.send(ME, { text: "sse two" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === "sse two");
  await gateway.restart();
  await using second = await gateway.sse<ShownEvent>("/events?type=message.received", {
    "last-event-id": one.id ?? "",
  });
  const { data } = await second.until((message) => message.data !== undefined);
  expect(data?.data.message?.text).toBe("sse two");
});

test("GraphQL subscriptions come as server-sent events too", async () => {
  const query = encodeURIComponent(FOLLOW);
  await using follow = await gateway.sse<{ data: Item }>(`/graphql?query=${query}`, {
    "graphql-require-preflight": "1",
  });
  await follow.until(({ data }) => data?.data.events.__typename === "StreamPosition");
  await alice.send(ME, { text: "over GraphQL's SSE" });
  const { data } = await follow.next();
  expect(data?.data.events.event?.message?.text).toBe("over GraphQL's SSE");
});

interface Page {
  readonly events: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string;
      readonly endCursor: string;
    };
  };
}

const PAGE = `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  events(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const readPage = async (variables: object) =>
  (await gateway.graphql<Page>(PAGE, { ...variables })).events;

test("the log reads the same from either end, page by page", async () => {
  const forwards: string[] = [];
  let after: string | undefined;
  for (;;) {
    const { edges, pageInfo } = await readPage({ first: 3, after });
    forwards.push(...edges.map(({ node }) => node.id));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
  }
  const backwards: string[] = [];
  let before: string | undefined;
  for (;;) {
    const { edges, pageInfo } = await readPage({ last: 3, before });
    backwards.unshift(...edges.map(({ node }) => node.id));
    before = pageInfo.startCursor;
    if (!pageInfo.hasPreviousPage) break;
  }
  expect(forwards.length).toBeGreaterThan(6);
  expect(backwards).toEqual(forwards);
});

test("GET /events pages with one and the same cursor as all other readers", async () => {
  const { body } = await gateway.get<{ events: readonly ShownEvent[]; cursor: string }>(
    "/events?limit=2",
  );
  expect(body.events).toHaveLength(2);
  expect(body.cursor).toBe(body.events[1]?.cursor);
  await using follow = gateway.subscribe<Item>(FOLLOW, { after: body.cursor });
  const next = await follow.until(({ events }) => events.event !== undefined);
  const rest = await gateway.get<{ events: readonly ShownEvent[] }>(
    `/events?limit=1&after=${encodeURIComponent(body.cursor)}`,
  );
  expect(rest.body.events[0]).toMatchObject({ cursor: next.events.cursor });

  const { body: end } = await gateway.get<{ events: []; cursor: string }>("/events?limit=200");
  const nothing = await gateway.get(`/events?after=${encodeURIComponent(end.cursor)}`);
  expect(nothing).toMatchObject({ status: 200, body: { events: [], cursor: end.cursor } });
});

test("a cursor that cannot be read from is refused with a code, on every way in", async () => {
  const { status, body } = await gateway.get<ErrorReply>("/events?after=nonsense");
  expect([status, body.error.code]).toEqual([400, "CURSOR_INVALID"]);
  await using follow = gateway.subscribe<Item>(FOLLOW, { after: "v1:another:7" });
  await expect(follow.next()).rejects.toThrow("CURSOR_");
  await using foreign = await startTestGateway({ wa: gateway.wa });
  const { body: page } = await gateway.get<{ cursor: string }>("/events?limit=1");
  const reply = await foreign.get<ErrorReply>(`/events?after=${encodeURIComponent(page.cursor)}`);
  expect([reply.status, reply.body.error.code]).toEqual([409, "CURSOR_FOREIGN"]);
});
