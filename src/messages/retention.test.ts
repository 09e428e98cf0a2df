import { ulid } from "ulid";
import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import { messageRetention } from "./retention.ts";

const DAY_MS = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 0, 31);

interface Stored {
  /** How many days ago it was stored, and how many days ago it was written. */
  readonly stored: number;
  readonly written?: number;
  readonly status?: string;
}

test.each<[string, "kept" | "removed", Stored]>([
  ["that is old", "removed", { stored: 11 }],
  ["that was sent long ago", "removed", { stored: 11, status: "READ" }],
  ["that failed long ago", "removed", { stored: 11, status: "FAILED" }],
  ["that is not old", "kept", { stored: 9 }],
  ["that is still to be sent", "kept", { stored: 11, status: "QUEUED" }],
  ["that is being sent", "kept", { stored: 11, status: "SENDING" }],
  ["that waited long at WhatsApp", "kept", { stored: 1, written: 30 }],
  ["that was stored while the clock was wrong", "kept", { stored: 20_000, written: 1 }],
])("a message %s is %s", async (_, expected, { stored, written = stored, status = null }) => {
  await using database = await tempDatabase();
  const uid = ulid(NOW - stored * DAY_MS);
  const at = new Date(NOW - written * DAY_MS);
  const chat = { chatId: "1@lid", senderId: "1@lid" };
  const what = { identity: uid, id: uid, kind: "TEXT", text: "hello", fromMe: false };
  await database.writer.write(async ({ db }) => {
    await db.instance.create({ data: { id: "me", status: "OPEN", createdAt: at } });
    const data = { uid, instanceId: "me", ...chat, ...what, timestamp: at, createdAt: at, status };
    await db.message.create({ data });
  });
  await messageRetention(database, 10, () => NOW).run(new AbortController().signal);
  expect(await database.read.message.count()).toBe(expected === "kept" ? 1 : 0);
});

test("all that is old goes, however much it is", async () => {
  await using database = await tempDatabase();
  const at = new Date(NOW - 11 * DAY_MS);
  await database.writer.write(async ({ db }) => {
    await db.instance.create({ data: { id: "me", status: "OPEN", createdAt: at } });
    const data = Array.from({ length: 1_001 }, () => {
      const uid = ulid(at.getTime());
      const who = { chatId: "1@lid", senderId: "1@lid", fromMe: false };
      const what = { uid, identity: uid, id: uid, kind: "TEXT", timestamp: at, createdAt: at };
      return { instanceId: "me", ...who, ...what };
    });
    await db.message.createMany({ data });
  });
  await messageRetention(database, 10, () => NOW).run(new AbortController().signal);
  expect(await database.read.message.count()).toBe(0);
});
