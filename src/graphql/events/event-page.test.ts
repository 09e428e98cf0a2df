import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EventId, InstanceId } from "../../domain/ids.ts";
import type { LoggedEvent } from "../../domain/event.ts";
import { decodeCursor, encodeCursor, positionAfter } from "../../events/cursor.ts";
import type { CheckedFilter } from "../../events/filter.ts";
import { EVERYTHING } from "../../events/filter.ts";
import { eventPage } from "./event-page.ts";

const eventAt = (position: number): LoggedEvent => ({
  id: `e${position}` as EventId,
  position,
  instanceId: "a" as InstanceId,
  event: { type: "instance.created" },
  occurredAt: new Date(0),
  whileOffline: false,
});

/** A log of positions alone, some of which match a filter, read as the real one reads. */
function logOf(oldest: number, head: number, matches: (position: number) => boolean) {
  const extent = { logId: "log", oldest, head };
  const matching = (filter: CheckedFilter, from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).filter(
      (position) => filter === EVERYTHING || matches(position),
    );
  return {
    extent,
    cursorAt: (position: number) => encodeCursor({ logId: "log", position }),
    positionOf: (after: string | null | undefined) =>
      after === "earliest" ? oldest - 1 : positionAfter(decodeCursor(after ?? ""), extent),
    async read(after: number, limit: number, filter: CheckedFilter) {
      const found = matching(filter, after + 1, head).slice(0, limit);
      const readTo = found.length === limit ? (found.at(-1) ?? head) : head;
      return { events: found.map(eventAt), readTo };
    },
    async readBefore(before: number, limit: number, filter: CheckedFilter) {
      const found = matching(filter, oldest, before - 1).slice(-limit);
      return { events: found.map(eventAt), readTo: found[0] ?? oldest };
    },
  };
}

const narrowed: CheckedFilter = { ...EVERYTHING, types: ["message.received"] };

const logs = fc.record({
  oldest: fc.integer({ min: 1, max: 5 }),
  kept: fc.integer({ min: 0, max: 40 }),
  every: fc.integer({ min: 1, max: 7 }),
  size: fc.integer({ min: 1, max: 9 }),
});

test("pages forward hold every matching event once and in order, and the last cursor is the head", () =>
  fc.assert(
    fc.asyncProperty(logs, async ({ oldest, kept, every, size }) => {
      const log = logOf(oldest, oldest + kept - 1, (position) => position % every === 0);
      const seen: number[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const page = await eventPage(log, { first: size, after }, narrowed);
        seen.push(...page.edges.map(({ node }) => node.position));
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
      }
      const all = await log.read(oldest - 1, 1_000, narrowed);
      expect(seen).toEqual(all.events.map(({ position }) => position));
      expect(decodeCursor(after ?? "").position).toBe(log.extent.head);
    }),
  ));

test("pages backward hold the same, from the other end", () =>
  fc.assert(
    fc.asyncProperty(logs, async ({ oldest, kept, every, size }) => {
      const log = logOf(oldest, oldest + kept - 1, (position) => position % every === 0);
      const seen: number[] = [];
      let before: string | null = null;
      for (let more = true; more;) {
        const page = await eventPage(log, { last: size, before }, narrowed);
        seen.unshift(...page.edges.map(({ node }) => node.position));
        before = page.pageInfo.startCursor;
        more = page.pageInfo.hasPreviousPage;
      }
      const all = await log.read(oldest - 1, 1_000, narrowed);
      expect(seen).toEqual(all.events.map(({ position }) => position));
    }),
  ));

test("both ends of a range are kept to, in either direction", async () => {
  const log = logOf(1, 10, () => true);
  const range = { after: log.cursorAt(3), before: log.cursorAt(7) };
  for (const way of [{ first: 50 }, { last: 50 }]) {
    const page = await eventPage(log, { ...way, ...range }, EVERYTHING);
    expect(page.edges.map(({ node }) => node.position)).toEqual([4, 5, 6]);
    expect(page.pageInfo).toMatchObject({
      hasNextPage: "last" in way,
      hasPreviousPage: "first" in way,
    });
  }
});

test.each([{ first: 0 }, { first: 201 }, { last: -1 }, { first: 1, last: 1 }])(
  "%o is refused",
  async (page) => {
    await expect(
      eventPage(
        logOf(1, 1, () => true),
        page,
        EVERYTHING,
      ),
    ).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
  },
);
