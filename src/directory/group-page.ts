import type { Page, PageRequest } from "./groups.ts";

/**
 * A page of what WhatsApp tells all at once. In the order of the ids, so that an entry that comes or goes
 * between two pages moves no other one.
 */
export function pageIn<T>(
  all: readonly T[],
  idOf: (entry: T) => string,
  { first, after }: PageRequest,
): Page<T> {
  const sorted = all
    .filter((entry) => after === null || idOf(entry) > after)
    .toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  return { entries: sorted.slice(0, first), hasNextPage: sorted.length > first };
}
