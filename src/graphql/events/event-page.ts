import type { LoggedEvent } from "../../domain/event.ts";
import type { EventLog } from "../../events/event-log.ts";
import type { CheckedFilter } from "../../events/filter.ts";
import type { Connection, PageArguments } from "../page.ts";
import { pageOf } from "../page.ts";

/** What of the event log a page needs. */
type Pages = Pick<EventLog, "cursorAt" | "extent" | "positionOf" | "read" | "readBefore">;

/**
 * A page of the log, the oldest first in both directions. One event more than asked for is read, to know
 * whether there is more.
 * @throws GatewayError CURSOR_INVALID, CURSOR_EXPIRED, CURSOR_FOREIGN, CURSOR_AHEAD, BAD_INPUT (size)
 */
export async function eventPage(
  log: Pages,
  page: PageArguments,
  filter: CheckedFilter,
): Promise<Connection<LoggedEvent>> {
  const { size, backward } = pageOf(page);
  const after = log.positionOf(page.after ?? "earliest");
  const before = page.before ? log.positionOf(page.before) : log.extent.head + 1;
  return backward
    ? pageBefore(log, { after, before, size }, filter)
    : pageAfter(log, { after, before, size }, filter);
}

/** Positions that a page lies between; both excluded. */
interface Range {
  readonly after: number;
  readonly before: number;
  readonly size: number;
}

async function pageAfter(
  log: Pages,
  { after, before, size }: Range,
  filter: CheckedFilter,
): Promise<Connection<LoggedEvent>> {
  const read = await log.read(after, size + 1, filter);
  const matching = read.events.filter(({ position }) => position < before);
  const events = matching.slice(0, size);
  const hasNextPage = matching.length > size;
  const last = events.at(-1)?.position ?? after;
  const readTo = hasNextPage ? last : Math.max(last, Math.min(read.readTo, before - 1));
  return {
    edges: edgesOf(log, events),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: after >= log.extent.oldest,
      startCursor: events[0] ? log.cursorAt(events[0].position) : null,
      endCursor: log.cursorAt(readTo),
    },
  };
}

async function pageBefore(
  log: Pages,
  { after, before, size }: Range,
  filter: CheckedFilter,
): Promise<Connection<LoggedEvent>> {
  const read = await log.readBefore(before, size + 1, filter);
  const matching = read.events.filter(({ position }) => position > after);
  const events = matching.slice(-size);
  return {
    edges: edgesOf(log, events),
    pageInfo: {
      hasNextPage: before <= log.extent.head,
      hasPreviousPage: matching.length > size,
      startCursor: events[0] ? log.cursorAt(events[0].position) : null,
      endCursor: log.cursorAt(events.at(-1)?.position ?? before - 1),
    },
  };
}

function edgesOf(log: Pages, events: readonly LoggedEvent[]): Connection<LoggedEvent>["edges"] {
  return events.map((node) => ({ cursor: log.cursorAt(node.position), node }));
}
