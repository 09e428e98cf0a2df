import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

interface ShownLabel {
  readonly id: string;
  readonly name: string;
  readonly color: number;
}

let gateway: TestGateway;
let me: Account;
let alice: Account;
let hello: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  hello = (await alice.send(ME, { text: "hello" })).id;
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === hello);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const LABELS = "/instances/me/labels";
const labels = async () => (await gateway.get<ShownLabel[]>(LABELS)).body;
const chatPath = () => `/instances/me/chats/${encodeURIComponent(alice.lid)}`;
const ofChat = async () =>
  (await gateway.get<{ labels: ShownLabel[] }>(chatPath())).body.labels.map(({ name }) => name);
const agreed = (index: string) =>
  me.agreed.find((entry) => entry.index.join(" ") === index)?.action;
const found = async (path: string) => (await gateway.get<{ id: string }[]>(path)).body.length;

test("a label is made, changed, put on a chat and a message, and the phone sees it", async () => {
  const made = await gateway.post<ShownLabel>(LABELS, { name: "New customer", color: 3 });
  expect([made.status, made.body]).toEqual([201, { id: "1", name: "New customer", color: 3 }]);
  await expect.poll(() => agreed("label_edit 1")?.labelEditAction?.name).toBe("New customer");
  const changed = await gateway.patch<ShownLabel>(`${LABELS}/1`, { name: "Customer" });
  expect(changed.body).toEqual({ id: "1", name: "Customer", color: 3 });
  const { data } = await gateway.event("me", "label.update", (event) => {
    return (event.data["label"] as ShownLabel).name === "Customer";
  });
  expect(data).toMatchObject({ label: { id: "1", color: 3 }, deleted: false });

  const onChat = await gateway.post(`${chatPath()}/labels/1`);
  expect(onChat).toMatchObject({ status: 200, body: { labelId: "1", assigned: true } });
  await expect
    .poll(() => agreed(`label_jid 1 ${alice.lid}`)?.labelAssociationAction?.labeled)
    .toBe(true);
  expect(await ofChat()).toEqual(["Customer"]);
  expect(await found("/instances/me/chats?labelId=1")).toBe(1);
  expect(await found("/instances/me/chats?labelId=2")).toBe(0);

  const onMessage = await gateway.post(`/instances/me/messages/${hello}/labels/1`);
  expect(onMessage).toMatchObject({ status: 200, body: { messageId: hello, assigned: true } });
  await expect.poll(() => agreed(`label_message 1 ${alice.lid} ${hello} 0 0`)).toBeDefined();
  expect(await found("/instances/me/messages?labelId=1")).toBe(1);
  const { messages } = await gateway.graphql<{
    messages: { edges: { node: { labels: ShownLabel[] } }[] };
  }>(`{ messages(instanceId: "me", labelId: "1") { edges { node { labels { name } } } } }`);
  expect(messages.edges[0]?.node.labels).toEqual([{ name: "Customer" }]);

  expect((await gateway.delete(`${chatPath()}/labels/1`)).status).toBe(204);
  expect((await gateway.delete(`/instances/me/messages/${hello}/labels/1`)).status).toBe(204);
  expect(await ofChat()).toEqual([]);
  expect(await found("/instances/me/messages?labelId=1")).toBe(0);
  expect(me.unreadable).toBe(0);
});

test("what the phone does with labels is told and kept through a restart", async () => {
  // On something before it is told what it is called.
  await me.act({ chatLabel: "7", labeled: true, chat: alice.jid });
  await me.act({ messageLabel: "7", labeled: true, chat: alice.jid, id: hello });
  await gateway.event("me", "label.assignment", ({ data }) => data["labeledMessageId"] === hello);
  expect(await ofChat()).toEqual([]);
  await gateway.stop();
  await me.act({ label: { id: "7", name: "Paid", color: 5 } });
  await gateway.start();
  await expect.poll(labels).toContainEqual({ id: "7", name: "Paid", color: 5 });
  expect(await ofChat()).toEqual(["Paid"]);
  expect(await found("/instances/me/messages?labelId=7")).toBe(1);
});

test("a deleted label is on nothing, and its id is no other's", async () => {
  expect((await gateway.delete(`${LABELS}/7`)).status).toBe(204);
  await expect.poll(() => agreed("label_edit 7")?.labelEditAction?.deleted).toBe(true);
  await gateway.event("me", "label.update", ({ data }) => data["deleted"] === true);
  expect((await labels()).map(({ id }) => id)).toEqual(["1"]);
  expect(await ofChat()).toEqual([]);
  const made = await gateway.post<ShownLabel>(LABELS, { name: "Another" });
  expect(made.body).toEqual({ id: "8", name: "Another", color: 0 });
});

test.each([
  ["POST", "", { name: " " }, 400, "BAD_INPUT"],
  ["POST", "", { name: "x", color: 20 }, 400, "BAD_INPUT"],
  ["PATCH", "/99", { name: "x" }, 404, "LABEL_NOT_FOUND"],
  ["DELETE", "/7", undefined, 404, "LABEL_NOT_FOUND"],
])("%s labels%s with %j is refused", async (method, path, body, status, code) => {
  const answer = await gateway.send<ErrorReply>(method, LABELS + path, {
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test("a label that is not there is put on nothing, and a conflict is told", async () => {
  const missing = await gateway.post<ErrorReply>(`${chatPath()}/labels/99`);
  expect(missing.body.error.code).toBe("LABEL_NOT_FOUND");
  const message = await gateway.post<ErrorReply>(`/instances/me/messages/${hello}/labels/99`);
  expect(message.body.error.code).toBe("LABEL_NOT_FOUND");
  gateway.wa.fault({ kind: "syncError", phone: ME, count: 10 });
  const { status, body } = await gateway.post<ErrorReply>(`${chatPath()}/labels/1`);
  expect([status, body.error.code]).toEqual([409, "CONFLICT"]);
  expect(await ofChat()).toEqual([]);
  gateway.wa.clearFaults();
});
