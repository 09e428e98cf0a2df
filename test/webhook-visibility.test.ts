import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { eventually } from "./support/eventually.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { startReceiver } from "./support/receiver.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { webhookRetryDelays: [100, 100, 100] } });
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Made {
  readonly id: string;
  readonly secret: string;
}

interface Update {
  readonly deliveryUpdates: {
    readonly id: string;
    readonly state: string;
    readonly eventType: string;
    readonly attempts: readonly { readonly status: number | null }[];
  };
}

const UPDATES = `subscription ($id: ID!) { deliveryUpdates(webhookId: $id) {
  id state eventType attempts { status errorCode durationMs dnsMs connectMs firstByteMs nextAttemptAt } } }`;

test("REST takes and shows everything a webhook has, for one instance and for all", async () => {
  const all = {
    url: "http://127.0.0.1:9/hook",
    description: "orders",
    events: ["message.*"],
    chatKinds: ["DIRECT", "GROUP"],
    direction: "INBOUND",
    ordering: "NONE",
    retryDelaysMs: [1_000, 2_000],
    inlineMedia: true,
    enabled: false,
  };
  const headers = { "X-Tenant": "secret value" };
  const made = await gateway.post<Made>("/webhooks", { ...all, headers });
  expect(made).toMatchObject({ status: 201, body: { ...all, headerNames: ["X-Tenant"] } });
  expect(made.body).not.toHaveProperty("instanceId");
  expect(JSON.stringify(made.body)).not.toContain("secret value");
  const path = `/webhooks/${made.body.id}`;

  const changed = { description: null, direction: null, retryDelaysMs: null, enabled: true };
  expect((await gateway.patch(path, changed)).status).toBe(200);
  const { body: shown } = await gateway.get<object>(path);
  expect(shown).toMatchObject({
    enabled: true,
    chatKinds: ["DIRECT", "GROUP"],
    statistics: { pending: 0, delivered: 0, failed: 0 },
  });
  for (const cleared of ["description", "direction", "retryDelaysMs", "failingSince", "secret"]) {
    expect(shown).not.toHaveProperty(cleared);
  }

  const rotated = await gateway.post<Made>(`${path}/rotateSecret`);
  expect(rotated).toMatchObject({ status: 200, body: { id: made.body.id } });
  expect(rotated.body.secret).toMatch(/^whsec_/);
  expect(rotated.body.secret).not.toBe(made.body.secret);
  expect((await gateway.delete(path)).status).toBe(204);
  expect((await gateway.get(path)).status).toBe(404);
  expect((await gateway.post(`${path}/rotateSecret`)).status).toBe(404);
});

test("whoever subscribes sees every delivery and each attempt, and the webhook sums them up", async () => {
  await using receiver = await startReceiver();
  const { body: webhook } = await gateway.post<Made>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.received"],
  });
  receiver.trust(webhook.secret);
  receiver.status = 503;
  await using updates = gateway.subscribe<Update>(UPDATES, { id: webhook.id });
  let first: Update | undefined;
  const coming = updates.next().then((update) => (first = update));
  // Nothing tells that a subscription has begun: messages are sent until one is seen.
  await eventually(
    async () => {
      await alice.send(ME, { text: "look" });
      return first;
    },
    () => "no update came",
  );
  expect((await coming).deliveryUpdates.eventType).toBe("message.received");
  await updates.until(({ deliveryUpdates: { attempts } }) => attempts[0]?.status === 503);
  receiver.status = 204;
  const { deliveryUpdates: last } = await updates.until(
    ({ deliveryUpdates: { state } }) => state === "DELIVERED",
  );
  expect(last.attempts.at(-1)?.status).toBe(204);

  const { body } = await gateway.get<{ statistics: Record<string, number> }>(
    `/webhooks/${webhook.id}`,
  );
  expect(body.statistics["delivered"]).toBeGreaterThan(0);
  expect(body.statistics["successRate"]).toBeGreaterThan(0);
  expect(body.statistics["successRate"]).toBeLessThan(1);

  const page = async (query: string) =>
    (
      await gateway.get<{ deliveries: readonly object[] }>(
        `/webhooks/${webhook.id}/deliveries?${query}`,
      )
    ).body.deliveries;
  const since = new Date(Date.now() + 60_000).toISOString();
  expect((await page("type=message.*,connection.open")).length).toBeGreaterThan(0);
  expect((await page("type=message.*"))[0]).toMatchObject({
    eventType: "message.received",
    late: false,
    replayed: false,
  });
  expect(await page("type=connection.open")).toEqual([]);
  expect(await page(`since=${encodeURIComponent(since)}`)).toEqual([]);
  await gateway.delete(`/webhooks/${webhook.id}`);
});

test("a replay answers at once and can be watched to its end", async () => {
  await using receiver = await startReceiver();
  await alice.send(ME, { text: "again" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.text === "again");
  const { body: webhook } = await gateway.post<Made>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.received"],
  });
  receiver.trust(webhook.secret);
  const { body: replay } = await gateway.post<{ id: string; total: number }>(
    `/webhooks/${webhook.id}/replay`,
    { after: "earliest" },
  );
  await receiver.event("message.received", ({ data }) => data.message?.text === "again");

  await using watched = gateway.subscribe<{ replayUpdates: { done: boolean; examined: number } }>(
    `subscription ($id: ID!) { replayUpdates(id: $id) { done examined } }`,
    { id: replay.id },
  );
  const { replayUpdates } = await watched.until((item) => item.replayUpdates.done);
  expect(replayUpdates.examined).toBe(replay.total);
  const { body: replays } = await gateway.get<readonly object[]>(`/webhooks/${webhook.id}/replays`);
  expect(replays).toMatchObject([{ id: replay.id, done: true, total: replay.total }]);
  const { webhookReplay } = await gateway.graphql<{ webhookReplay: { queued: number } }>(
    `query ($id: ID!) { webhookReplay(id: $id) { queued } }`,
    { id: replay.id },
  );
  await expect.poll(() => receiver.events.length).toBe(webhookReplay.queued);
  await gateway.delete(`/webhooks/${webhook.id}`);
});

test("of an endpoint that is left alone one sees until when, and of one delivery what was answered", async () => {
  await using receiver = await startReceiver();
  receiver.status = 503;
  const { body: webhook } = await gateway.post<Made>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.received"],
  });
  const shown = () => gateway.get<{ pausedUntil?: string }>(`/webhooks/${webhook.id}`);
  expect((await shown()).body).not.toHaveProperty("pausedUntil");
  await alice.send(ME, { text: "to nobody" });
  await expect.poll(async () => (await shown()).body.pausedUntil).toBeDefined();
  const { pausedUntil } = (await shown()).body;
  expect(Date.parse(pausedUntil ?? "")).toBeGreaterThan(Date.now());

  const { body: page } = await gateway.get<{ deliveries: readonly { id: string }[] }>(
    `/webhooks/${webhook.id}/deliveries`,
  );
  expect(JSON.stringify(page)).not.toContain("not now");
  const one = await gateway.get<{ attempts: readonly object[] }>(
    `/deliveries/${page.deliveries[0]?.id}`,
  );
  expect(one).toMatchObject({ status: 200, body: { webhookId: webhook.id, state: "PENDING" } });
  expect(one.body.attempts[0]).toMatchObject({ status: 503, response: "not now" });
  await gateway.delete(`/webhooks/${webhook.id}`);
  expect(await gateway.get(`/deliveries/${page.deliveries[0]?.id}`)).toMatchObject({
    status: 404,
    body: { error: { code: "DELIVERY_NOT_FOUND" } },
  });
});

test("of an event one sees which webhooks got it", async () => {
  await using receiver = await startReceiver();
  const hook = { url: receiver.url, events: ["message.received"] };
  const { body: ours } = await gateway.post<Made>("/instances/me/webhooks", hook);
  const { body: all } = await gateway.post<Made>("/webhooks", { ...hook, events: ["*"] });
  const { body: others } = await gateway.post<Made>("/webhooks", { ...hook, events: ["call"] });
  await alice.send(ME, { text: "who got it?" });
  const event = await gateway.event(
    "me",
    "message.received",
    ({ data }) => data.message?.text === "who got it?",
  );
  const { body } = await gateway.get<readonly { webhookId: string; eventId: string }[]>(
    `/events/${event.id}/deliveries`,
  );
  expect(new Set(body.map(({ webhookId }) => webhookId))).toEqual(new Set([ours.id, all.id]));
  expect(new Set(body.map(({ eventId }) => eventId))).toEqual(new Set([event.id]));
  expect((await gateway.get("/events/evt_none/deliveries")).body).toEqual([]);
  for (const { id } of [ours, all, others]) await gateway.delete(`/webhooks/${id}`);
});
