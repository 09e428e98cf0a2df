import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { InstanceId } from "../domain/ids.ts";
import { EventLog } from "../events/event-log.ts";
import { inboxProjection } from "./inbox-projection.ts";
import { createSessionStore } from "./session-store.ts";

const instanceId = "one" as InstanceId;
const EPOCH = 7;
const bytes = new Uint8Array([1, 2, 3]);
const inbox = { hash: "h", stanza: "{}", plaintext: bytes };

async function owned() {
  const database = await tempDatabase();
  await database.writer.write(({ db }) =>
    db.instance.create({
      data: { id: instanceId, status: "OPEN", epoch: EPOCH, createdAt: new Date() },
    }),
  );
  const sessions = createSessionStore(database);
  return { database, sessions, state: sessions.of({ instanceId, epoch: EPOCH }) };
}

test("an owner that has lost an instance writes nothing of its session any more", async () => {
  const { database, sessions, state } = await owned();
  await using _ = database;
  await state.commit({ keys: [{ type: "session", id: "a", value: bytes }], inbox });
  await state.saveCredentials(bytes);
  const before = [
    await database.read.signalKey.findMany(),
    await database.read.credentials.findMany(),
    await database.read.inboxRow.findMany(),
  ];

  const former = sessions.of({ instanceId, epoch: EPOCH - 1 });
  const lost = { code: "OWNERSHIP_LOST" };
  const change = { type: "session", id: "a", value: null };
  await expect(former.commit({ keys: [change] })).rejects.toMatchObject(lost);
  await expect(former.saveCredentials(new Uint8Array([9]))).rejects.toMatchObject(lost);
  await expect(former.closeInbox(["h"])).rejects.toMatchObject(lost);
  await expect(former.wipeKeys()).rejects.toMatchObject(lost);
  expect([
    await database.read.signalKey.findMany(),
    await database.read.credentials.findMany(),
    await database.read.inboxRow.findMany(),
  ]).toEqual(before);
});

test("keys are sealed where they lie, and deleted in the commit that deletes them", async () => {
  const { database, state } = await owned();
  await using _ = database;
  await state.commit({ keys: [{ type: "session", id: "a", value: bytes }] });
  const [row] = await database.read.signalKey.findMany();
  expect(Buffer.from(row?.sealed ?? []).includes(Buffer.from(bytes))).toBe(false);
  expect((await state.readKeys("session", ["a"])).get("a")).toEqual(Buffer.from(bytes));
  await state.commit({
    keys: [
      { type: "session", id: "a", value: null },
      { type: "session", id: "b", value: bytes },
    ],
  });
  expect([...(await state.readKeys("session", ["a", "b"])).keys()]).toEqual(["b"]);
});

test("a stanza that comes again, in one batch or later, is no second event", async () => {
  const { database } = await owned();
  await using _ = database;
  const log = await EventLog.open(database, [inboxProjection()]);
  const draft = (hash: string, epoch = EPOCH) => ({
    instanceId,
    event: { type: "connection.open", phoneNumber: hash } as const,
    occurredAt: new Date(),
    whileOffline: false,
    epoch,
    stanza: { hash, attributes: "{}", bytes },
  });
  const outcomes = await Promise.all(
    [draft("a"), draft("a"), draft("b"), draft("c", EPOCH - 1)].map((each) => log.append(each)),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(["logged", "duplicate", "logged", "stale"]);
  expect((await log.append(draft("b"))).kind).toBe("duplicate");
  // An owner that was none left no mark behind: the true one tells of it.
  expect((await log.append(draft("c"))).kind).toBe("logged");
  const rows = await database.read.inboxRow.findMany({ orderBy: { hash: "asc" } });
  expect(rows.map(({ hash, doneAt }) => [hash, doneAt !== null])).toEqual([
    ["a", true],
    ["b", true],
    ["c", true],
  ]);
});
