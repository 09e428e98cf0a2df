import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { decodeCursor, encodeCursor } from "../src/events/cursor.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import type { ShownEvent } from "./support/shown.ts";

const ME = "5511999990001";
const KEPT = 20;

let receiver: Receiver;
let gateway: TestGateway;
let alice: Account;
let first: string;
beforeAll(async () => {
  receiver = await startReceiver();
  gateway = await startTestGateway({
    env: {
      EVENT_RETENTION_COUNT: String(KEPT),
      EVENT_RETENTION_DAYS: "1",
      MESSAGE_RETENTION_DAYS: "2",
    },
    overrides: { choresEveryMs: 20, webhookRetryDelays: Array.from({ length: 20 }, () => 200) },
  });
  await gateway.linked("me", ME);
  first = (await page("limit=1")).cursor;
  const { body } = await gateway.post<{ secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
  });
  receiver.trust(body.secret);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

interface Page {
  readonly events: readonly ShownEvent[];
  readonly cursor: string;
}

const page = async (query: string) => (await gateway.get<Page>(`/events?${query}`)).body;

async function hear(text: string): Promise<ShownEvent> {
  await alice.send(ME, { text });
  return gateway.event("me", "message.received", ({ data }) => data.message?.text === text);
}

const FOLLOW = `subscription ($after: Cursor) { events(after: $after) {
  ... on EventDelivery { cursor } ... on StreamPosition { cursor } } }`;

interface Item {
  readonly events: { readonly cursor: string };
}

/** What every way in answers to a cursor. */
async function answersTo(after: string) {
  const rest = await gateway.get<ErrorReply>(`/events?after=${after}`);
  const query = await gateway.post<{
    errors: readonly { extensions: Readonly<Record<string, unknown>> }[];
  }>("/graphql", {
    query: `query ($after: Cursor) { events(first: 1, after: $after) { pageInfo { endCursor } } }`,
    variables: { after },
  });
  await using stream = gateway.subscribe<Item>(FOLLOW, { after });
  const subscription = await stream.next().then(String, String);
  const sse = await gateway
    .sse("/events", { "last-event-id": after })
    .then((opened) => opened.next())
    .then(
      ({ event, data }) => `${event} ${JSON.stringify(data)}`,
      (error: unknown) => String(error),
    );
  return { rest, query: query.body.errors[0]?.extensions, subscription, sse };
}

test("no event goes while a delivery still waits for it, and then the oldest go down to the count", async () => {
  receiver.status = 503;
  const needed = await hear("needed");
  for (let n = 0; n < KEPT + 10; n += 1) await hear(`filler ${n}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { events } = await page("limit=200");
  expect(events[0]?.cursor).toBe(needed.cursor);
  expect(events.length).toBeGreaterThan(KEPT);

  receiver.status = 204;
  await expect
    .poll(async () => (await page("limit=200")).events.length, { timeout: 15_000 })
    .toBe(KEPT);
  expect(receiver.events.filter(({ data }) => data.message?.text === "needed")).toHaveLength(1);
  const told = () => new Set(receiver.events.flatMap(({ data }) => data.message?.text ?? []));
  await expect.poll(() => told().size).toBe(KEPT + 11);
}, 30_000);

test("a cursor that retention has passed is CURSOR_EXPIRED on every way in, with where to go on", async () => {
  const { rest, query, subscription, sse } = await answersTo(first);
  expect(rest.status).toBe(409);
  expect(rest.body.error.code).toBe("CURSOR_EXPIRED");
  const { oldest, head } = rest.body.error.details as { oldest: string; head: string };
  expect(query).toMatchObject({ code: "CURSOR_EXPIRED", oldest, head });
  for (const said of [subscription, sse]) {
    for (const part of ["CURSOR_EXPIRED", oldest, head]) expect(said).toContain(part);
  }
  const kept = await page(`limit=200&after=${oldest}`);
  expect(kept.events).toHaveLength(KEPT);
  expect(kept.cursor).toBe(head);
  expect((await page("limit=200")).events).toEqual(kept.events);
});

test('"earliest" is the oldest that is kept', async () => {
  const [oldest] = (await page("limit=1")).events;
  await using stream = gateway.subscribe<Item>(FOLLOW, { after: "earliest" });
  const { events } = await stream.until(({ events: item }) => item.cursor === oldest?.cursor);
  expect(events.cursor).toBe(oldest?.cursor);
});

test("a cursor of another database and one that is ahead are told apart on every way in", async () => {
  const { cursor } = await page("limit=200");
  const { logId, position } = decodeCursor(cursor);
  const wrong = {
    CURSOR_FOREIGN: encodeCursor({ logId: "another", position }),
    CURSOR_AHEAD: encodeCursor({ logId, position: position + 1_000 }),
  };
  for (const [code, after] of Object.entries(wrong)) {
    const { rest, query, subscription, sse } = await answersTo(after);
    expect([rest.status, rest.body.error.code]).toEqual([409, code]);
    expect(query).toMatchObject({ code });
    expect(subscription).toContain(code);
    expect(sse).toContain(code);
  }
});

test("events that are too old go, and one with a wrong stamp takes no others along", async () => {
  const before = await page("limit=200");
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    const age = database.prepare(`UPDATE "Event" SET "loggedAt" = 1 WHERE position = ?`);
    for (const index of [0, 1, 2, 10]) {
      age.run(decodeCursor(before.events[index]?.cursor ?? "").position);
    }
  }
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  const oldest = async () => (await page("limit=1")).events[0]?.cursor;
  await expect.poll(oldest).not.toBe(before.events[0]?.cursor);
  const kept = (await page("limit=200")).events.map(({ cursor }) => cursor);
  expect(kept).toContain(before.events[6]?.cursor);
  expect(kept).not.toContain(before.events[2]?.cursor);
});

test("messages that are too old go, and their words with them", async () => {
  await hear("an antique");
  await hear("a novelty");
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    // Stored in 1970, as its uid says, and written then.
    database.exec(
      `UPDATE "Message" SET uid = '000' || substr(uid, 4), timestamp = 1 WHERE text LIKE 'an antique'`,
    );
  }
  await gateway.start();
  const texts = async (query: string) => {
    const path = `/instances/me/messages?${query}`;
    return (await gateway.get<readonly { text: string }[]>(path)).body.map(({ text }) => text);
  };
  await expect.poll(() => texts("limit=200")).not.toContain("an antique");
  expect(await texts("text=antique")).toEqual([]);
  expect(await texts("text=novelty")).toEqual(["a novelty"]);
});
