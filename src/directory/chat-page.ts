import { GatewayError } from "../domain/errors.ts";
import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";
import type { Page, PageQuery } from "./chat.ts";

/** Where an entry stands: by what the list is sorted, and its id. What stands there may move on; a place does not. */
type Place = readonly [key: string | number, id: string];

export function encodePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** @throws GatewayError CURSOR_INVALID */
function decodePlace(cursor: string, type: "string" | "number"): Place {
  const place = parsed(Buffer.from(cursor, "base64url").toString());
  if (Array.isArray(place) && place.length === 2) {
    const [key, id] = place as readonly unknown[];
    if (typeof key === type && typeof id === "string") return [key as string | number, id];
  }
  throw new GatewayError("CURSOR_INVALID", "This is not a cursor of this list.");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** How a list is sorted. */
interface Order {
  /** The columns, in the order in which an index has them. */
  readonly key: Sql;
  readonly id: Sql;
  readonly type: "string" | "number";
  readonly descending: boolean;
}

/** The rows of a page and one more, as the end of a statement that has a WHERE. */
export function pageOf(
  { limit, after, before, from }: PageQuery,
  { key, id, type, descending }: Order,
): Sql {
  const beyond = (cursor: string, behind: boolean): Sql => {
    const [at, name] = decodePlace(cursor, type);
    return behind === descending
      ? sql`AND (${key}, ${id}) < (${at}, ${name})`
      : sql`AND (${key}, ${id}) > (${at}, ${name})`;
  };
  const isDown = descending === (from === "START");
  return sql`
    ${after ? beyond(after, true) : sql``} ${before ? beyond(before, false) : sql``}
    ORDER BY ${key} ${isDown ? sql`DESC` : sql`ASC`}, ${id} ${isDown ? sql`DESC` : sql`ASC`}
    LIMIT ${limit + 1}`;
}

export function pageFrom<Row, T>(
  rows: readonly Row[],
  { limit, from }: PageQuery,
  toEntry: (row: Row) => T & { readonly cursor: string },
): Page<T> {
  const entries = rows.slice(0, limit).map(toEntry);
  return { entries: from === "START" ? entries : entries.toReversed(), more: rows.length > limit };
}
