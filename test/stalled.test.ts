import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";

/** A connection is replaced by one that has to wait for the end of the silence: two attempts at most. */

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway({
    overrides: { ackPatience: { stalledMs: 200, replaceMs: 2_500 } },
  });
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(() => gateway[Symbol.asyncDispose]());

const SEND = `mutation ($text: String!) {
  sendText(input: {instanceId: "me", to: "5511999990002", text: $text, waitFor: QUEUED}) { ... on TextMessage { id } } }`;

const send = async (text: string) =>
  (await gateway.graphql<{ sendText: { id: string } }>(SEND, { text })).sendText.id;

interface Deliverability {
  readonly state: string;
  readonly lastAckAt: string | null;
  readonly waitingSince: string | null;
}

const deliverability = async () =>
  (
    await gateway.graphql<{ instance: { deliverability: Deliverability } }>(
      `{ instance(id: "me") { deliverability { state lastAckAt waitingSince } } }`,
    )
  ).instance.deliverability;

const closesFor = async (reason: string) =>
  (await gateway.events("me", "connection.close")).filter(({ data }) => data["reason"] === reason);

test.each([
  ["one message", 1],
  ["more messages than may be under way", 40],
])(
  "%s that nobody acknowledges: stalled, a new connection, and each is shown once",
  async (name, count) => {
    await send(`warm up for ${name}`);
    await alice.waitFor(({ text }) => text === `warm up for ${name}`);
    await expect.poll(async () => (await deliverability()).state).toBe("WORKING");
    const replaced = (await closesFor("TIMED_OUT")).length;

    gateway.wa.fault({ kind: "silence", phone: ME });
    const texts = Array.from({ length: count }, (_, n) => `${name} ${n}`);
    const ids = await Promise.all(texts.map(send));
    await expect.poll(deliverability).toMatchObject({ state: "STALLED" });
    expect((await deliverability()).waitingSince).not.toBeNull();
    await expect.poll(async () => (await closesFor("TIMED_OUT")).length).toBe(replaced + 1);

    gateway.wa.clearFaults();
    await Promise.all(ids.map((id) => alice.waitFor((message) => message.id === id)));
    expect(alice.received.filter(({ id }) => ids.includes(id))).toHaveLength(count);
    await expect.poll(async () => (await deliverability()).state).toBe("WORKING");
    expect(await closesFor("TIMED_OUT")).toHaveLength(replaced + 1);
  },
);
