import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

test("a deleted instance is unlinked at WhatsApp, its data are gone, and its id is free", async () => {
  const me = await gateway.linked("me", ME);
  const alice = await gateway.wa.account(ALICE);
  await alice.send(ME, { text: "soon forgotten" });
  await gateway.event("me", "message.received");
  await using follow = gateway.subscribe<{ instance: { status: string } }>(
    `subscription { instance(id: "me") { status } }`,
  );
  await follow.next();

  expect(await gateway.delete("/instances/me")).toMatchObject({ status: 204 });
  await eventually(
    () => (me.devices().length === 0 ? true : undefined),
    () => "the device is still linked",
  );
  expect(await gateway.get("/instances/me/status")).toMatchObject({
    status: 404,
    body: { error: { code: "INSTANCE_NOT_FOUND" } },
  });
  expect(await gateway.get("/instances")).toMatchObject({ body: [] });
  const events = await gateway.events("me");
  expect(events.map(({ type }) => type)).toEqual(["instance.deleted"]);
  await expect(follow.until(() => false)).rejects.toThrow("the stream has ended");

  await gateway.linked("me", ME);
  const { instance } = await gateway.graphql<{ instance: { messages: { edges: [] } } }>(
    `{ instance(id: "me") { messages(first: 5) { edges { node { id } } } } }`,
  );
  expect(instance.messages.edges).toEqual([]);
});

test("an instance may be deleted before it was ever linked, and while it reconnects", async () => {
  await gateway.post("/instances", { instanceId: "new" });
  expect(await gateway.delete("/instances/new")).toMatchObject({ status: 204 });

  await gateway.linked("away", "5511999990003");
  gateway.wa.fault({ kind: "refuseUpgrade", count: 3 });
  gateway.wa.fault({ kind: "drop", phone: "5511999990003" });
  await gateway.reaches("away", "RECONNECTING");
  expect(await gateway.delete("/instances/away")).toMatchObject({ status: 204 });
  gateway.wa.clearFaults();
  expect(await gateway.delete("/instances/away")).toMatchObject({ status: 404 });
});

test("what waited to be sent goes with the instance, its files and its webhooks too", async () => {
  await gateway.linked("leaving", "5511999990004", "http://127.0.0.1:1/");
  await gateway.graphql(`mutation { stopInstance(id: "leaving") { __typename } }`);
  const base64 = Buffer.from("never sent").toString("base64");
  const { sendFile } = await gateway.graphql<{ sendFile: { status: string } }>(
    `mutation ($base64: String!) { sendFile(input: {instanceId: "leaving", to: "${ALICE}",
      media: {base64: $base64}, waitFor: QUEUED}) { ... on Message { status } } }`,
    { base64 },
  );
  expect(sendFile.status).toBe("QUEUED");
  const waitingFiles = () => readdirSync(join(gateway.dataDir, "outbox"));
  expect(waitingFiles()).toHaveLength(1);

  expect(await gateway.delete("/instances/leaving")).toMatchObject({ status: 204 });
  expect(waitingFiles()).toEqual([]);
  expect(await gateway.get("/webhooks")).toMatchObject({ body: [] });
});
