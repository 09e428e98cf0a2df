import { expect, test } from "vitest";
import { EVENT_TYPES } from "../src/domain/event.ts";
import { eventually } from "./support/eventually.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { startReceiver } from "./support/receiver.ts";
import type { ShownEvent } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

/** What the envelope has; the rest of an event's fields are its data. */
const ENVELOPE = new Set(["id", "type", "cursor", "instanceId", "occurredAt"]);

/** Makes an event of every type that a user can cause. */
async function makeEverything(gateway: TestGateway): Promise<void> {
  const { wa } = gateway;
  const me = await gateway.linked("me", ME);
  const alice = await wa.account(ALICE, { name: "Alice" });
  const bytes = Buffer.from("bytes");
  await alice.send(ME, { text: "hello" });
  await alice.send(ME, { image: { bytes, caption: "look" } });
  await alice.send(ME, { document: { bytes, fileName: "a.pdf" } });
  const group = await wa.group({ subject: "Us", participants: [ALICE, ME] });
  const { id } = await alice.send(group, { text: "all" });
  await alice.send(ME, { text: "an answer", quoted: { id, from: ALICE } });
  await me.receipt({ to: ALICE, ids: [id], type: "read", chat: group.jid });
  await eventually(
    async () => (await gateway.events("me", "message.received")).length >= 5 || undefined,
    () => "not all that was written has come",
  );
  await me.act({ star: true, chat: group.jid, id, participant: alice.jid });
  await me.act({ label: { id: "1", name: "New customer", color: 1 } });
  await me.act({ chatLabel: "1", labeled: true, chat: alice.jid });
  await me.send(ALICE, { text: "from the phone" });
  await alice.rename("Alice B.");
  await alice.send(ME, { reaction: { id, from: ALICE, emoji: "👍" } });
  await alice.send(ME, { edit: { id, text: "an answer, edited" } });
  await alice.send(ME, { deletion: { id, from: ALICE } });
  const fleeting = await alice.send(ME, { text: "for a day", disappearsAfter: 86_400 });
  await alice.send(ME, { keep: { id: fleeting.id, from: ALICE } });
  await alice.send(ME, { pin: { id: fleeting.id, from: ALICE, seconds: 86_400 } });
  const poll = await alice.send(ME, { poll: { question: "Where?", options: ["Sea", "Hills"] } });
  await alice.send(ME, { vote: { id: poll.id, from: ALICE, options: ["Sea"] } });
  const party = await alice.send(ME, { event: { name: "Party", startsAt: 1_900_000_000 } });
  await alice.send(ME, { response: { id: party.id, from: ALICE, attendance: "GOING" } });

  await wa.changeGroup(group, { by: ALICE, subject: "All of us", demote: [ALICE] });
  await wa.account("5511999990009");
  await wa.askToJoin(group, "5511999990009");
  await alice.call(ME);
  // The name of the account is known now, and without one nobody is shown as online.
  const shown = () => gateway.post("/instances/me/presence", { presence: "AVAILABLE" });
  await expect.poll(async () => (await shown()).status).toBe(200);
  await expect.poll(() => me.isOnline).toBe(true);
  await alice.type(ME, "composing");

  const send = (to: string, message: string) =>
    gateway.post("/instances/me/sendMessage", { to, message });
  await send(ALICE, "one");
  await send(group.jid, "two");
  wa.fault({ kind: "ackError", phone: ME, code: 463 });
  await send(ALICE, "refused");
  wa.fault({ kind: "undecryptable", phone: ME, count: 1 });
  await alice.send(ME, { text: "garbled" });

  await gateway.post("/instances", { instanceId: "typed" });
  await gateway.graphql(
    `mutation { requestPairingCode(id: "typed", phone: "5511999990003") { __typename } }`,
  );
  await gateway.delete("/instances/typed");

  const channel = await wa.channel({ name: "News", followers: [ME] });
  await wa.changeChannel(channel, { mute: [ME] });
  await gateway.event("me", "channel.update");

  await using gone = await startReceiver();
  gone.status = 410;
  await gateway.post("/instances/me/webhooks", { url: gone.url });
  await alice.send(ME, { text: "the last straw" });
  await gateway.event("me", "webhook.disabled");
  const past = { id: "OLD", from: ALICE, text: "long ago", at: 1_700_000_000 };
  await (await wa.account("5511999990004")).remember([{ with: ALICE, messages: [past] }]);
  await gateway.linked("old", "5511999990004");
  await gateway.event("old", "history.sync", ({ data }) => JSON.stringify(data).includes("RECENT"));
  await me.unlink();
  await gateway.reaches("me", "LOGGED_OUT");
}

interface Introspected {
  readonly __schema: {
    readonly types: readonly {
      readonly name: string;
      readonly fields: readonly { readonly name: string }[] | null;
    }[];
  };
}

test("webhook, REST and GraphQL tell the same of every event", async () => {
  await using gateway = await startTestGateway();
  await using receiver = await startReceiver();
  const { createWebhook } = await gateway.graphql<{ createWebhook: { secret: string } }>(
    `mutation ($url: String!) { createWebhook(input: {url: $url}) { ... on Webhook { secret } } }`,
    { url: receiver.url },
  );
  receiver.trust(createWebhook.secret);
  await makeEverything(gateway);

  const { body } = await gateway.get<{ events: readonly ShownEvent[] }>("/events?limit=200");
  const last = body.events.at(-1);
  await eventually(
    () => receiver.events.find(({ id }) => id === last?.id),
    () => `${last?.type} was not delivered`,
  );
  const delivered = new Map(receiver.events.map((event) => [event.id, event]));
  for (const event of body.events) expect(delivered.get(event.id)).toEqual(event);

  const made = new Set(receiver.events.map(({ type }) => type));
  expect(EVENT_TYPES.filter((type) => !made.has(type))).toEqual([]);

  const { events } = await gateway.graphql<{
    events: { edges: readonly { node: { id: string; __typename: string } }[] };
  }>(`{ events(first: 200) { edges { node { id __typename } } } }`);
  const { __schema } = await gateway.graphql<Introspected>(
    `{ __schema { types { name fields { name } } } }`,
  );
  const fieldsOf = new Map(__schema.types.map(({ name, fields }) => [name, fields ?? []]));
  for (const { node } of events.edges) {
    const fields = (fieldsOf.get(node.__typename) ?? []).map(({ name }) => name);
    const data = delivered.get(node.id)?.data ?? {};
    expect(Object.keys(data).toSorted()).toEqual(
      fields.filter((name) => !ENVELOPE.has(name)).toSorted(),
    );
  }
});
