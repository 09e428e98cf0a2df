import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import type { Sql } from "../store/sql.ts";
import { sql } from "../store/sql.ts";
import type { Contact, ContactQuery, Page } from "./chat.ts";
import { encodePlace, pageFrom, pageOf } from "./chat-page.ts";
import { folded } from "./contact-sort-key.ts";

interface ContactRow {
  readonly instanceId: InstanceId;
  readonly id: Jid;
  readonly pn: Jid | null;
  readonly lid: Jid | null;
  readonly pushName: string | null;
  readonly sortKey: string;
  readonly lastSeenAt: bigint | null;
}

/** No name is longer, and every row is compared with it. */
const MAX_SEARCH = 100;

const ORDER = { key: sql`c."sortKey"`, id: sql`c.id`, type: "string", descending: false } as const;

/** The end of an index: asked for both names in one go, SQLite would read all that they have written. */
const lastBy = (name: Sql): Sql => sql`(
  SELECT max(timestamp) FROM "Message" WHERE "instanceId" = c."instanceId" AND "senderId" = ${name})`;

/** @throws GatewayError CURSOR_INVALID, BAD_INPUT */
export async function listContacts(read: Reader, query: ContactQuery): Promise<Page<Contact>> {
  const rows = await read.$queryRaw<ContactRow[]>`
    SELECT c."instanceId", c.id, c.pn, c.lid, c."pushName", c."sortKey",
      nullif(max(coalesce(${lastBy(sql`c.id`)}, 0), coalesce(${lastBy(sql`c.pn`)}, 0)), 0) AS "lastSeenAt"
    FROM "Contact" AS c
    WHERE c."instanceId" = ${query.instanceId} ${matching(query.search)} ${pageOf(query, ORDER)}`;
  return pageFrom(rows, query, ({ sortKey, lastSeenAt, ...row }) => ({
    ...row,
    lastSeenAt: lastSeenAt === null ? null : new Date(Number(lastSeenAt)),
    cursor: encodePlace([sortKey, row.id]),
  }));
}

/** A part of the name, whatever its accents and case, or of the number, however it is written. */
function matching(search: string | null | undefined): Sql {
  const text = search?.trim() ?? "";
  if (text === "") return sql``;
  if (text.length > MAX_SEARCH) {
    throw new GatewayError("BAD_INPUT", `\`search\` has more than ${MAX_SEARCH} characters.`);
  }
  const digits = /^\+?[\d\s().-]+$/.test(text) ? text.replaceAll(/\D/g, "") : "";
  const byNumber = digits === "" ? sql`` : sql`OR instr(c.pn, ${digits}) > 0`;
  return sql`AND (instr(c."sortKey", ${folded(text)}) > 0 ${byNumber})`;
}
