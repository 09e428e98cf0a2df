import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg, serveFiles } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownSend } from "./support/shown.ts";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", "5511999990001");
  alice = await gateway.wa.account("5511999990002", { name: "Alice" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const withKey = (key: string) => ({ "Idempotency-Key": key });

test("a known key is answered although the file behind its address and the connection are gone", async () => {
  const files = await serveFiles({ "/image.jpg": { type: "image/jpeg", bytes: await jpeg() } });
  const body = { to: alice.phone, url: `${files.url}/image.jpg` };
  const path = "/instances/me/sendImage";
  const first = await gateway.post<ShownSend>(path, body, withKey("picture"));
  expect(first.status).toBe(200);
  await files[Symbol.asyncDispose]();
  await gateway.graphql(`mutation { stopInstance(id: "me") { __typename } }`);
  const again = await gateway.post<ShownSend>(path, body, withKey("picture"));
  expect(again).toMatchObject({ status: 200, body: { messageId: first.body.messageId } });
  await gateway.graphql(`mutation { startInstance(id: "me") { __typename } }`);
  await gateway.reaches("me", "OPEN");
});

test("the time a message is scheduled for belongs to what the key stands for", async () => {
  const message = { to: alice.phone, message: "later" };
  const path = "/instances/me/sendMessage";
  const scheduled = { ...message, scheduledAt: at(1) };
  expect(await gateway.post(path, scheduled, withKey("later"))).toMatchObject({ status: 202 });
  expect(await gateway.post(path, scheduled, withKey("later"))).toMatchObject({ status: 202 });
  const other = { ...message, scheduledAt: at(2) };
  expect(await gateway.post<ErrorReply>(path, other, withKey("later"))).toMatchObject({
    status: 422,
    body: { error: { code: "IDEMPOTENCY_MISMATCH" } },
  });
});

test("what waited when the link was lost fails, and does not leave from the next phone", async () => {
  const to = { to: alice.phone, message: "from the old phone" };
  await gateway.graphql(`mutation { stopInstance(id: "me") { __typename } }`);
  const { sendText } = await gateway.graphql<{ sendText: { id: string } }>(
    `mutation ($input: SendTextInput!) { sendText(input: $input) { ... on Message { id } } }`,
    { input: { instanceId: "me", to: to.to, text: to.message, waitFor: "QUEUED" } },
  );
  const waitingId = sendText.id;
  await gateway.graphql(`mutation { logoutInstance(id: "me") { __typename } }`);
  const failed = await gateway.event(
    "me",
    "message.failed",
    (event) => event.data.message?.id === waitingId,
  );
  expect(failed.data).toMatchObject({ error: { code: "NOT_LINKED" } });

  const other = await gateway.wa.account("5511999990003", { name: "Other phone" });
  const { body } = await gateway.get<{ qr: string }>("/instances/me/qr");
  await other.link({ qr: body.qr });
  await gateway.reaches("me", "OPEN");
  const now = await gateway.post<ShownSend>("/instances/me/sendMessage", { ...to, message: "new" });
  await alice.waitFor(({ id }) => id === now.body.messageId);
  expect(alice.received.map(({ text }) => text)).not.toContain("from the old phone");
}, 40_000);
