import type { Message } from "../domain/message.ts";
import { identityOf } from "../domain/message.ts";
import type { Reader } from "../store/database.ts";
import { type Sql, sql } from "../store/sql.ts";

/** Messages as rows `n`, beside their rows `m` in the database as far as they have an attachment there; `n.key` is the place in the list. */
export function attachedRows(messages: readonly Message[]): Sql {
  const names = messages.map((message) => [message.instanceId, identityOf(message)]);
  return sql`
    json_each(${JSON.stringify(names)}) AS n CROSS JOIN "Message" AS m
      ON m."instanceId" = json_extract(n.value, '$[0]') AND m.identity = json_extract(n.value, '$[1]')
      AND m.media IS NOT NULL AND m.raw IS NOT NULL`;
}

/** The uids of those messages that are stored with an attachment, in their order. */
export async function uidsOf(
  read: Reader,
  messages: readonly Message[],
): Promise<readonly (string | undefined)[]> {
  const rows = await read.$queryRaw<{ uid: string; at: bigint | number }[]>`
    SELECT m.uid, n.key AS at FROM ${attachedRows(messages)}`;
  const found = new Map(rows.map(({ uid, at }) => [Number(at), uid]));
  return messages.map((_, at) => found.get(at));
}
