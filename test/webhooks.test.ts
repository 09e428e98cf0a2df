import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { eventually } from "./support/eventually.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { startReceiver } from "./support/receiver.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { webhookRetryDelays: [200, 200, 200, 200] } });
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Made {
  readonly id: string;
  readonly secret: string;
}

const hook = async (url: string, more: object = {}) =>
  (await gateway.post<Made>("/instances/me/webhooks", { url, ...more })).body;

interface Deliveries {
  readonly webhook: {
    readonly deliveries: {
      readonly edges: readonly {
        readonly node: {
          readonly eventId: string;
          readonly state: string;
          readonly attempts: readonly {
            readonly status: number | null;
            readonly errorCode: string | null;
            readonly response: string | null;
          }[];
        };
      }[];
    };
  };
}

async function deliveries(id: string) {
  const { webhook } = await gateway.graphql<Deliveries>(
    `query ($id: ID!) { webhook(id: $id) { deliveries(first: 50) { edges { node {
      eventId state attempts { status errorCode response durationMs at } } } } } }`,
    { id },
  );
  return webhook.deliveries.edges.map(({ node }) => node);
}

test("a webhook made with the instance gets everything from the first event on, signed", async () => {
  await using receiver = await startReceiver();
  const created = await gateway.post<{ webhook: Made }>("/instances", {
    instanceId: "hooked",
    webhook: receiver.url,
  });
  expect(created.body.webhook).toMatchObject({ url: receiver.url });
  receiver.trust(created.body.webhook.secret);
  const phone = await gateway.wa.account("5511999990003");
  const { body } = await gateway.get<{ qr: string }>("/instances/hooked/qr");
  await phone.link(body);
  await receiver.event("connection.open");
  await alice.send(phone.phone, { text: "hello" });
  const event = await receiver.event("message.received");
  expect(event).toMatchObject({ instanceId: "hooked", data: { message: { text: "hello" } } });
  expect(receiver.events[0]?.type).toBe("instance.created");
  await gateway.delete("/instances/hooked");
});

test("only the types that were asked for are delivered, and nothing of other instances", async () => {
  await using receiver = await startReceiver();
  const { id, secret } = await hook(receiver.url, { events: ["message.received"] });
  receiver.trust(secret);
  await gateway.post("/instances/me/sendMessage", { to: alice.phone, message: "not asked for" });
  await gateway.post("/instances", { instanceId: "other" });
  await alice.send(ME, { text: "asked for" });
  await receiver.event("message.received");
  expect(receiver.events.map(({ type }) => type)).toEqual(["message.received"]);
  await gateway.delete(`/webhooks/${id}`);
});

test("what a receiver refuses is tried again until it takes it, over a restart, and every attempt is there to see", async () => {
  await using receiver = await startReceiver();
  const { id, secret } = await hook(receiver.url, { events: ["message.received"] });
  receiver.trust(secret);
  receiver.status = 500;
  await alice.send(ME, { text: "first" });
  await alice.send(ME, { text: "second" });
  await eventually(
    () => (receiver.calls > 0 ? true : undefined),
    () => "the receiver was not called",
  );
  await gateway.restart();
  receiver.status = 204;
  await receiver.event("message.received", ({ data }) => data.message?.text === "second");
  expect(receiver.events.map(({ data }) => data.message?.text)).toEqual(["first", "second"]);

  const [newest, oldest] = await eventually(
    async () => {
      const all = await deliveries(id);
      return all.every(({ state }) => state === "DELIVERED") ? all : undefined;
    },
    () => "not all is delivered",
  );
  expect(oldest?.eventId).toBe(receiver.events[0]?.id);
  expect(newest?.attempts.at(-1)).toMatchObject({ status: 204, errorCode: null });
  expect(oldest?.attempts[0]).toMatchObject({ status: 500, response: "not now" });
  expect(oldest?.attempts.length).toBeGreaterThan(1);

  const rest = await gateway.get<{ deliveries: readonly { eventId: string; attempts: [] }[] }>(
    `/webhooks/${id}/deliveries`,
  );
  expect(rest.body.deliveries.map(({ eventId }) => eventId)).toEqual([
    newest?.eventId,
    oldest?.eventId,
  ]);
  await gateway.delete(`/webhooks/${id}`);
});

test("a delivery that was given up can be replayed when the receiver works again", async () => {
  await using receiver = await startReceiver();
  const { createWebhook } = await gateway.graphql<{ createWebhook: Made }>(
    `mutation ($url: String!) { createWebhook(instanceId: "me", input: {
      url: $url, events: ["message.received"], retryDelaysMs: [1000] }) { ... on Webhook { id secret } } }`,
    { url: receiver.url },
  );
  const { id, secret } = createWebhook;
  receiver.trust(secret);
  receiver.status = 503;
  await alice.send(ME, { text: "given up" });
  await eventually(
    async () => ((await deliveries(id))[0]?.state === "FAILED" ? true : undefined),
    () => "the delivery is not given up",
  );
  expect((await deliveries(id))[0]?.attempts).toHaveLength(2);
  receiver.status = 204;
  const page = await gateway.get<{ deliveries: readonly { id: string }[] }>(
    `/webhooks/${id}/deliveries`,
  );
  const deliveryIds = page.body.deliveries.map((each) => each.id);
  const replay = await gateway.post(`/webhooks/${id}/replay`, { deliveryIds });
  expect(replay).toMatchObject({ status: 202, body: { queued: 1, done: true } });
  const event = await receiver.event("message.received");
  expect(event.data.message?.text).toBe("given up");
  await gateway.delete(`/webhooks/${id}`);
});

test("an unreachable receiver is told apart from one that refuses", async () => {
  const receiver = await startReceiver();
  const { id } = await hook(receiver.url, { events: ["message.received"] });
  await receiver[Symbol.asyncDispose]();
  await alice.send(ME, { text: "to nobody" });
  const attempt = await eventually(
    async () => (await deliveries(id))[0]?.attempts[0],
    () => "there is no attempt",
  );
  expect(attempt).toMatchObject({ status: null, errorCode: "CONNECT" });
  await gateway.delete(`/webhooks/${id}`);
});

test("a test delivery is signed like any other", async () => {
  await using receiver = await startReceiver();
  const { id, secret } = await hook(receiver.url);
  receiver.trust(secret);
  expect(await gateway.post(`/webhooks/${id}/test`)).toMatchObject({ status: 202 });
  await eventually(
    () => receiver.events[0],
    () => "the receiver has got nothing",
  );
  await gateway.delete(`/webhooks/${id}`);
  expect(await gateway.post(`/webhooks/${id}/test`)).toMatchObject({
    status: 404,
    body: { error: { code: "WEBHOOK_NOT_FOUND" } },
  });
});
