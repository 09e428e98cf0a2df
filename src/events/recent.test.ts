import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import { addressOf } from "../domain/address.ts";
import type { GatewayEvent, LoggedEvent } from "../domain/event.ts";
import type { InstanceId, MessageId } from "../domain/ids.ts";
import { EventLog } from "./event-log.ts";
import { checkFilter } from "./filter.ts";
import { RecentEvents } from "./recent.ts";

const CHATS = [addressOf("1@lid", "551@s.whatsapp.net"), addressOf("2@lid"), addressOf("3@g.us")];

const event: fc.Arbitrary<GatewayEvent> = fc.oneof(
  fc.constant({ type: "connection.open", phoneNumber: "1" } as const),
  fc.constantFrom(...CHATS).map(
    (chat) =>
      ({
        type: "message.status",
        messageId: "A" as MessageId,
        chat,
        status: "READ",
        previous: "DELIVERED",
        participant: null,
      }) as const,
  ),
);

const draft = fc.record({ event, instanceId: fc.constantFrom("one", "two") });

const filter = fc.record({
  types: fc.option(fc.constantFrom(["message.*"], ["connection.open"]), { nil: null }),
  instanceIds: fc.option(fc.constantFrom(["one"], ["two"], ["three"]), { nil: null }),
  chatIds: fc.option(fc.constantFrom(["1@lid"], ["551@s.whatsapp.net"], ["3@g.us", "2@lid"]), {
    nil: null,
  }),
});

test("what is told from memory is what the log says", async () => {
  await using database = await tempDatabase();
  const log = await EventLog.open(database, []);
  await fc.assert(
    fc.asyncProperty(
      fc.array(draft, { minLength: 1, maxLength: 12 }),
      filter,
      fc.nat(30),
      fc.integer({ min: 1, max: 9 }),
      async (drafts, asked, behind, limit) => {
        const at = { occurredAt: new Date(5_000), whileOffline: false, epoch: null };
        await Promise.all(
          drafts.map((each) =>
            log.append({ ...each, ...at, instanceId: each.instanceId as InstanceId }),
          ),
        );
        const after = Math.max(0, log.extent.head - behind);
        const remembered = await log.read(after, limit, checkFilter(asked));
        // One that has just opened the same database remembers nothing.
        const fresh = await EventLog.open(database, []);
        expect(remembered).toEqual(await fresh.read(after, limit, checkFilter(asked)));
      },
    ),
    { numRuns: 60 },
  );
});

const logged = (position: number, text = ""): LoggedEvent =>
  ({
    position,
    instanceId: "one",
    event: { type: "message.received", message: { text, chat: CHATS[0] } },
  }) as LoggedEvent;

test("only an end of the log without a gap is remembered, and no more than fits", () => {
  const everything = checkFilter({});
  const recent = new RecentEvents();
  expect(recent.read(0, 10, everything, 0)).toBeUndefined();
  recent.add([logged(7), logged(8)]);
  expect(recent.read(6, 10, everything, 8)?.events).toHaveLength(2);
  expect(recent.read(5, 10, everything, 8)).toBeUndefined();
  expect(recent.read(8, 10, everything, 8)).toEqual({ events: [], readTo: 8 });
  // Another process has logged something in between.
  recent.add([logged(10)]);
  expect(recent.read(8, 10, everything, 10)).toBeUndefined();
  expect(recent.read(9, 10, everything, 10)?.readTo).toBe(10);
  expect(recent.read(9, 10, everything, 11)).toBeUndefined();

  recent.add(Array.from({ length: 3 }, (_, at) => logged(11 + at, "x".repeat(2_000_000))));
  expect(recent.read(10, 10, everything, 13)).toBeUndefined();
  expect(recent.read(11, 10, everything, 13)?.events).toHaveLength(2);
  recent.add(Array.from({ length: 1_500 }, (_, at) => logged(14 + at)));
  expect(recent.read(512, 10, everything, 1_513)).toBeUndefined();
  expect(recent.read(513, 10, everything, 1_513)?.events).toHaveLength(10);
  recent.clear();
  expect(recent.read(1_000, 10, everything, 1_513)).toBeUndefined();
});
