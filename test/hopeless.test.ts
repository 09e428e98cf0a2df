import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway } from "./support/gateway.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("what goes to a group that is not there fails at once, and holds up nothing", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", ME);
  const alice = await gateway.wa.account(ALICE);
  const refused = await gateway.post<ErrorReply>("/instances/me/sendMessage", {
    to: "120363000000000000@g.us",
    message: "nobody",
  });
  expect([refused.status, refused.body.error.code]).toEqual([400, "INVALID_RECIPIENT"]);
  const failed = await gateway.event("me", "message.failed");
  expect(failed.data).toMatchObject({ error: { code: "INVALID_RECIPIENT" } });
  await gateway.post<ShownSend>("/instances/me/sendMessage", { to: ALICE, message: "hello" });
  await alice.waitFor(({ text }) => text === "hello");
});

test("a connection that is silent does not keep a send from being stored", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", ME);
  const alice = await gateway.wa.account(ALICE);
  gateway.wa.fault({ kind: "silence", phone: ME });
  const began = performance.now();
  const { sendText } = await gateway.graphql<{ sendText: { status: string } }>(
    `mutation { sendText(input: {instanceId: "me", to: "${ALICE}", text: "later",
      waitFor: QUEUED, waitTimeoutMs: 200}) { ... on Message { status } } }`,
  );
  expect(sendText).toEqual({ status: "QUEUED" });
  expect(performance.now() - began).toBeLessThan(5_000);
  gateway.wa.clearFaults();
  await gateway.post("/instances/me/restart");
  await alice.waitFor(({ text }) => text === "later");
});

test("what an earlier version left of a lost link does not leave from the next phone", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", ME);
  const alice = await gateway.wa.account(ALICE);
  await gateway.graphql(`mutation { stopInstance(id: "me") { __typename } }`);
  await gateway.graphql(`mutation { sendText(input: {instanceId: "me", to: "${ALICE}",
    text: "from the old phone", waitFor: QUEUED}) { __typename } }`);
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    database.exec(`UPDATE "Instance" SET status = 'LOGGED_OUT', "linkedAt" = NULL;
      UPDATE "Credentials" SET "setAside" = sealed, sealed = x''`);
  }
  await gateway.start();
  const next = await gateway.wa.account("5511999990003");
  const { body } = await gateway.get<{ qr: string }>("/instances/me/qr");
  await next.link(body);
  await gateway.reaches("me", "OPEN");
  await gateway.post("/instances/me/sendMessage", { to: ALICE, message: "from the new phone" });
  await alice.waitFor(({ text }) => text === "from the new phone");
  expect(alice.received.map(({ text }) => text)).toEqual(["from the new phone"]);
  const failed = await gateway.event("me", "message.failed");
  expect(failed.data).toMatchObject({
    message: { text: "from the old phone" },
    error: { code: "NOT_LINKED" },
  });
});

test("what waits when the account is logged out has failed with the very event that tells of it", async () => {
  await using gateway = await startTestGateway();
  const me = await gateway.linked("me", ME);
  await gateway.wa.account(ALICE);
  const at = new Date(Date.now() + 3_600_000).toISOString();
  for (const message of ["one", "two"]) {
    await gateway.post("/instances/me/sendMessage", { to: ALICE, message, scheduledAt: at });
  }
  await me.unlink();
  await gateway.reaches("me", "LOGGED_OUT");
  const events = await gateway.events("me");
  expect(
    events
      .slice(-3)
      .map(({ type }) => type)
      .toSorted(),
  ).toEqual(["connection.close", "message.failed", "message.failed"]);
});

test("a link whose first login was cut off keeps the keys that WhatsApp hands out", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", ME);
  const alice = await gateway.wa.account(ALICE);
  await gateway.stop();
  const keys = () => {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    const row = database
      .prepare(`SELECT count(*) AS n FROM "SignalKey" WHERE type = 'pre-key'`)
      .get();
    return Number(row?.["n"]);
  };
  const before = keys();
  {
    // The credentials are stored when the phone has accepted us, and the link when we are in.
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    database.exec(`UPDATE "Instance" SET status = 'CONNECTING', "linkedAt" = NULL`);
  }
  await gateway.start();
  await gateway.reaches("me", "OPEN");
  expect(keys()).toBe(before);
  const { id } = await alice.send(ME, { text: "hello" });
  await gateway.event("me", "message.received", ({ data }) => data.message?.id === id);
  expect(await gateway.events("me", "message.undecryptable")).toEqual([]);
});

const isOddOne = ({ data }: ShownEvent) => data.message?.id === "3EB0TIME";

test("a message whose time nobody can tell is stored all the same", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    const stanza = JSON.stringify({
      id: "3EB0TIME",
      from: `${ALICE}@s.whatsapp.net`,
      t: "99999999999999",
    });
    database
      .prepare(
        `INSERT INTO "InboxRow" ("instanceId", hash, stanza, plaintext, "createdAt") VALUES ('me', 'h', ?, ?, 1)`,
      )
      // A text, and the padding that WhatsApp puts behind it.
      .run(stanza, Buffer.from("0a02686901", "hex"));
  }
  await gateway.start();
  expect((await gateway.event("me", "message.received", isOddOne)).data.message?.text).toBe("hi");
  await gateway.reaches("me", "OPEN");
});
