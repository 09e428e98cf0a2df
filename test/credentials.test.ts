import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let me: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** What is kept of the link: the credentials in use, and those set aside. */
function kept(): { readonly inUse: boolean; readonly setAside: boolean } {
  using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"), { readOnly: true });
  const row = database
    .prepare(
      `SELECT length(sealed) > 0 AS "inUse", "setAside" IS NOT NULL AS "setAside" FROM "Credentials"`,
    )
    .get();
  return { inUse: row?.["inUse"] === 1, setAside: row?.["setAside"] === 1 };
}

const openings = async () => (await gateway.events("me", "connection.open")).length;

test("attempts to come back are shown while they last", async () => {
  const before = await openings();
  gateway.wa.fault({ kind: "refuseUpgrade", code: 502, count: 1 });
  gateway.wa.fault({ kind: "drop", phone: ME });
  const reconnecting = async () =>
    (
      await gateway.graphql<{ instance: { reconnecting: { failures: number } | null } }>(
        `{ instance(id: "me") { reconnecting { failures isLooping nextAttemptAt } } }`,
      )
    ).instance.reconnecting;
  await expect.poll(reconnecting).toMatchObject({ isLooping: false });
  await expect.poll(openings, { timeout: 15_000 }).toBe(before + 1);
  expect(await reconnecting()).toBeNull();
}, 20_000);

test.each([500, 503, 408, 515])(
  "credentials survive a close with %i, and the same link is used again",
  async (code) => {
    // A new process has no failures behind it, and so no long wait before it.
    await gateway.restart();
    await gateway.reaches("me", "OPEN");
    const before = await openings();
    gateway.wa.fault({ kind: "streamError", phone: ME, code });
    await expect.poll(openings).toBe(before + 1);
    expect(kept()).toEqual({ inUse: true, setAside: false });
    expect(me.devices()).toHaveLength(1);
  },
  15_000,
);

test.each([
  ["the phone unlinks the device", () => me.unlink()],
  [
    "WhatsApp answers 401",
    () => Promise.resolve(gateway.wa.fault({ kind: "streamError", phone: ME, code: 401 })),
  ],
])("when %s they are set aside, and a new link takes their place", async (_why, unlink) => {
  await unlink();
  await gateway.reaches("me", "LOGGED_OUT");
  await expect.poll(kept).toEqual({ inUse: false, setAside: true });
  await me.unlink();
  const { body } = await gateway.get<{ qr: string }>("/instances/me/qr");
  await me.link(body);
  await gateway.reaches("me", "OPEN");
  expect(kept()).toEqual({ inUse: true, setAside: false });
});
