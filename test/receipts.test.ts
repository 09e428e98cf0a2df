import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { sendText } from "./support/sends.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
  bob = await gateway.wa.account("5511999990003");
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Seen {
  readonly status: string;
  readonly receipts: readonly {
    readonly status: string;
    readonly participant: { readonly pn: string | null };
  }[];
}

async function stored(id: string): Promise<Seen | undefined> {
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: Seen & { id: string } }[] } };
  }>(`{ instance(id: "me") { messages(first: 20) { edges { node {
    id status receipts { status participant { pn } } } } } } }`);
  return instance.messages.edges.find(({ node }) => node.id === id)?.node;
}

async function receiptsOf(id: string): Promise<Readonly<Record<string, string>>> {
  const { receipts = [] } = (await stored(id)) ?? {};
  return Object.fromEntries(receipts.map((each) => [each.participant.pn ?? "", each.status]));
}

const stepsOf = async (id: string) =>
  (await gateway.events("me", "message.status"))
    .filter(({ data }) => data["messageId"] === id)
    .map(({ data }) => data);

test("in a group each member's receipts count for that member, and never go back", async () => {
  const group = await gateway.wa.group({
    subject: "Us",
    participants: [ME, alice.phone, bob.phone],
  });
  const { id } = await sendText(gateway, group.jid, "hello all", { waitFor: "SERVER_ACK" });
  const about = { to: ME, ids: [id], chat: group.jid };
  await expect
    .poll(() => receiptsOf(id))
    .toEqual({ [alice.jid]: "DELIVERED", [bob.jid]: "DELIVERED" });
  await alice.receipt({ ...about, type: "read" });
  await expect.poll(() => receiptsOf(id)).toMatchObject({ [alice.jid]: "READ" });
  expect(await stored(id)).toMatchObject({ status: "READ" });
  await alice.receipt({ ...about, type: "delivered" });
  await bob.receipt({ ...about, type: "read" });
  await expect.poll(() => receiptsOf(id)).toEqual({ [alice.jid]: "READ", [bob.jid]: "READ" });

  const steps = await stepsOf(id);
  const of = (member: Account) =>
    steps
      .filter(({ participant }) => (participant as { pn: string }).pn === member.jid)
      .map(({ previous, status }) => [previous, status]);
  for (const member of [alice, bob]) {
    expect(of(member)).toEqual([
      ["SERVER_ACK", "DELIVERED"],
      ["DELIVERED", "READ"],
    ]);
  }
  expect(steps).toHaveLength(4);
});

test("nobody can confirm what was written to somebody else", async () => {
  const { id } = await sendText(gateway, alice.phone, "for Alice", { waitFor: "DELIVERED" });
  await bob.receipt({ to: ME, ids: [id], type: "read" });
  await bob.send(ME, { text: "after the receipt" });
  await gateway.event("me", "message.received");
  expect(await stored(id)).toMatchObject({ status: "DELIVERED", receipts: [] });
  expect((await stepsOf(id)).map(({ status }) => status)).toEqual(["DELIVERED"]);
});
