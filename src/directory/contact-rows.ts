import type { Address } from "../domain/address.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Tx } from "../store/writer.ts";
import { sortKeyOf } from "./contact-sort-key.ts";

/** A person as the table has them. */
export interface Person extends Address {
  readonly instanceId: InstanceId;
  /** What they call themselves. */
  readonly pushName: string | null;
  /** When they last changed that name. */
  readonly renamedAt: Date | null;
}

/** Everybody of these accounts who has one of these names. */
export async function readPeople(
  tx: Tx,
  names: readonly (readonly [InstanceId, Jid])[],
): Promise<readonly Person[]> {
  return tx.db.$queryRaw<Person[]>`
    SELECT DISTINCT c."instanceId", c.id, c.pn, c.lid, c."pushName", c."renamedAt"
    FROM json_each(${JSON.stringify(names)}) AS k JOIN "Contact" AS c
      ON c."instanceId" = k.value->>0 AND (c.id = k.value->>1 OR c.pn = k.value->>1)`;
}

export async function writePeople(tx: Tx, people: readonly Person[]): Promise<void> {
  if (people.length === 0) return;
  const rows = JSON.stringify(
    people.map((person) => {
      const { instanceId, id, pn, lid, pushName, renamedAt } = person;
      return [instanceId, id, pn, lid, pushName, renamedAt?.getTime(), sortKeyOf(person)];
    }),
  );
  await tx.db.$executeRaw`
    INSERT INTO "Contact" ("instanceId", id, pn, lid, "pushName", "renamedAt", "sortKey")
    SELECT v.value->>0, v.value->>1, v.value->>2, v.value->>3, v.value->>4, v.value->>5, v.value->>6
    FROM json_each(${rows}) AS v WHERE true
    ON CONFLICT ("instanceId", id) DO UPDATE SET pn = excluded.pn, lid = excluded.lid,
      "pushName" = excluded."pushName", "renamedAt" = excluded."renamedAt", "sortKey" = excluded."sortKey"`;
}

/** Somebody who was known by number alone has a LID by now. */
export interface Joined {
  readonly instanceId: InstanceId;
  readonly pn: Jid;
  readonly lid: Jid;
}

/** Their rows by number go; the contact's is written anew, and what was counted in the chat goes over to the other. */
export async function joinPeople(tx: Tx, joined: readonly Joined[]): Promise<void> {
  if (joined.length === 0) return;
  const rows = JSON.stringify(joined.map(({ instanceId, pn, lid }) => [instanceId, pn, lid]));
  await tx.db.$executeRaw`
    INSERT INTO "Chat" ("instanceId", id, pn, lid, kind, subject, "activeAt", "unreadCount",
      archived, "pinnedAt", muted, "mutedUntil", "markedUnread")
    SELECT c."instanceId", v.value->>2, c.pn, v.value->>2, c.kind, c.subject, c."activeAt", c."unreadCount",
      c.archived, c."pinnedAt", c.muted, c."mutedUntil", c."markedUnread"
    FROM json_each(${rows}) AS v JOIN "Chat" AS c
      ON c."instanceId" = v.value->>0 AND c.id = v.value->>1 WHERE true
    ON CONFLICT ("instanceId", id) DO UPDATE SET pn = excluded.pn,
      "activeAt" = max("activeAt", excluded."activeAt"),
      "unreadCount" = "unreadCount" + excluded."unreadCount",
      archived = max(archived, excluded.archived), "pinnedAt" = coalesce("pinnedAt", excluded."pinnedAt"),
      muted = max(muted, excluded.muted), "mutedUntil" = coalesce("mutedUntil", excluded."mutedUntil"),
      "markedUnread" = max("markedUnread", excluded."markedUnread")`;
  // Labels follow the chat; one that is on both is on it once.
  await tx.db.$executeRaw`
    INSERT INTO "ChatLabel" ("instanceId", "chatId", "labelId")
    SELECT l."instanceId", v.value->>2, l."labelId" FROM json_each(${rows}) AS v JOIN "ChatLabel" AS l
      ON l."instanceId" = v.value->>0 AND l."chatId" = v.value->>1 WHERE true
    ON CONFLICT DO NOTHING`;
  const gone = JSON.stringify(joined.map(({ instanceId, pn }) => [instanceId, pn]));
  await tx.db.$executeRaw`
    DELETE FROM "Chat" WHERE ("instanceId", id) IN (
      SELECT v.value->>0, v.value->>1 FROM json_each(${gone}) AS v)`;
  await tx.db.$executeRaw`
    DELETE FROM "ChatLabel" WHERE ("instanceId", "chatId") IN (
      SELECT v.value->>0, v.value->>1 FROM json_each(${gone}) AS v)`;
  await tx.db.$executeRaw`
    DELETE FROM "Contact" WHERE ("instanceId", id) IN (
      SELECT v.value->>0, v.value->>1 FROM json_each(${gone}) AS v)`;
}
