import type { RawStanza } from "../domain/event.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { InboxEntry, KeyChange } from "../engine/session-state.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Tx } from "../store/writer.ts";

/** Sets and deletes keys of many instances in two statements; values are sealed already. */
export async function writeKeys(
  tx: Tx,
  rows: readonly (readonly [InstanceId, KeyChange])[],
): Promise<void> {
  // The last change of a key in a group wins; one statement must not touch a row twice.
  const latest = new Map(rows.map((row) => [`${row[0]} ${row[1].type} ${row[1].id}`, row]));
  const json = (wanted: boolean) =>
    JSON.stringify(
      [...latest.values()]
        .filter(([, { value }]) => (value !== null) === wanted)
        .map(([instanceId, { type, id, value }]) => [instanceId, type, id, hex(value)]),
    );
  const set = json(true);
  const removed = json(false);
  if (set !== "[]") {
    await tx.db.$executeRaw`
      INSERT INTO "SignalKey" ("instanceId", type, id, sealed)
      SELECT json_extract(k.value, '$[0]'), json_extract(k.value, '$[1]'), json_extract(k.value, '$[2]'),
        unhex(json_extract(k.value, '$[3]'))
      FROM json_each(${set}) AS k WHERE true
      ON CONFLICT ("instanceId", type, id) DO UPDATE SET sealed = excluded.sealed`;
  }
  if (removed !== "[]") {
    await tx.db.$executeRaw`
      DELETE FROM "SignalKey" WHERE ("instanceId", type, id) IN (
        SELECT json_extract(k.value, '$[0]'), json_extract(k.value, '$[1]'), json_extract(k.value, '$[2]')
        FROM json_each(${removed}) AS k)`;
  }
}

export async function writeInbox(
  tx: Tx,
  rows: readonly (readonly [InstanceId, InboxEntry])[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(
    rows.map(([instanceId, { hash, stanza, plaintext }]) => [
      instanceId,
      hash,
      stanza,
      hex(plaintext),
    ]),
  );
  await tx.db.$executeRaw`
    INSERT INTO "InboxRow" ("instanceId", hash, stanza, plaintext, "createdAt")
    SELECT json_extract(r.value, '$[0]'), json_extract(r.value, '$[1]'), json_extract(r.value, '$[2]'),
      unhex(json_extract(r.value, '$[3]')), ${steadyNow()}
    FROM json_each(${json}) AS r WHERE true
    ON CONFLICT ("instanceId", hash) DO NOTHING`;
}

/** A stanza that was kept for the first time is given back; one that is here already is not. */
export async function insertStanzas<Row extends RawStanza & { readonly instanceId: InstanceId }>(
  tx: Tx,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const json = JSON.stringify(
    rows.map(({ instanceId, hash, attributes, bytes }) => [
      instanceId,
      hash,
      attributes,
      hex(bytes),
    ]),
  );
  const now = steadyNow();
  const inserted = await tx.db.$queryRaw<{ instanceId: string; hash: string }[]>`
    INSERT INTO "InboxRow" ("instanceId", hash, stanza, plaintext, "createdAt", "doneAt")
    SELECT json_extract(r.value, '$[0]'), json_extract(r.value, '$[1]'), json_extract(r.value, '$[2]'),
      unhex(json_extract(r.value, '$[3]')), ${now}, ${now}
    FROM json_each(${json}) AS r WHERE true
    ON CONFLICT ("instanceId", hash) DO NOTHING RETURNING "instanceId", hash`;
  const names = new Set(inserted.map(({ instanceId, hash }) => `${instanceId} ${hash}`));
  return rows.filter(({ instanceId, hash }) => names.has(`${instanceId} ${hash}`));
}

/** Done rows stay to answer redeliveries. */
export async function markInboxDone(
  tx: Tx,
  rows: readonly { readonly instanceId: InstanceId; readonly hash: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows.map(({ instanceId, hash }) => [instanceId, hash]));
  await tx.db.$executeRaw`
    UPDATE "InboxRow" SET "doneAt" = ${steadyNow()}
    WHERE ("instanceId", hash) IN (
      SELECT json_extract(r.value, '$[0]'), json_extract(r.value, '$[1]') FROM json_each(${json}) AS r)`;
}

function hex(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Which of these rows have done their part. */
export function readInboxDone(
  tx: Tx,
  rows: readonly { readonly instanceId: InstanceId; readonly hash: string }[],
): Promise<{ instanceId: string; hash: string }[]> {
  const json = JSON.stringify(rows.map(({ instanceId, hash }) => [instanceId, hash]));
  return tx.db.$queryRaw<{ instanceId: string; hash: string }[]>`
    SELECT r."instanceId", r.hash FROM json_each(${json}) AS k JOIN "InboxRow" AS r
      ON r."instanceId" = k.value->>0 AND r.hash = k.value->>1
    WHERE r."doneAt" IS NOT NULL`;
}
