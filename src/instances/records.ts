import type { HistoryProgress } from "../domain/history.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Disconnect, InstanceStatus, Pacing, Restriction } from "../domain/instance.ts";
import type { InstanceSettings } from "../domain/settings.ts";
import { USUAL_SETTINGS } from "../domain/settings.ts";
import type { Database } from "../store/database.ts";
import { ownerOf } from "../store/sealed.ts";
import type { Vault } from "../store/vault.ts";
import type { Tx } from "../store/writer.ts";

/** What is kept of an instance between two runs. */
export interface InstanceRecord {
  readonly id: InstanceId;
  readonly name: string | null;
  readonly status: InstanceStatus;
  readonly epoch: number;
  readonly linkedAt: Date | null;
  readonly phoneNumber: string | null;
  readonly pn: Jid | null;
  readonly lid: Jid | null;
  readonly profileName: string | null;
  readonly lastDisconnect: Disconnect | null;
  readonly pacing: Pacing | null;
  readonly settings: InstanceSettings;
  readonly proxy: KeptProxy | null;
  readonly restriction: Restriction | null;
  readonly history: HistoryProgress | null;
  readonly createdAt: Date;
}

/** The URL of a proxy, and the same as it is stored. */
export interface KeptProxy {
  readonly url: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** Kept as JSON: nobody asks the database about what is in them. */
type Documents = Pick<
  InstanceRecord,
  "lastDisconnect" | "pacing" | "settings" | "restriction" | "history"
>;

type Row = Omit<InstanceRecord, keyof Documents | "id" | "status" | "pn" | "lid" | "proxy"> & {
  readonly [name in keyof Documents | "id" | "status"]: string | null;
} & {
  readonly pn: string | null;
  readonly lid: string | null;
  readonly proxy: Uint8Array<ArrayBuffer> | null;
};

export type RecordChange = Partial<Omit<InstanceRecord, "id" | "epoch" | "createdAt">>;

/**
 * Inserts a record unless the id is taken.
 * @returns whether it was free
 */
export async function insertRecord(
  tx: Tx,
  { id, name, epoch, createdAt }: Pick<InstanceRecord, "id" | "name" | "epoch" | "createdAt">,
): Promise<boolean> {
  const inserted = await tx.db.$executeRaw`
    INSERT INTO "Instance" (id, name, status, epoch, "createdAt")
    VALUES (${id}, ${name}, 'CREATED', ${epoch}, ${createdAt.getTime()})
    ON CONFLICT (id) DO NOTHING`;
  return inserted === 1;
}

/** Writes a change only where the ownership still holds. */
export async function changeRecord(
  tx: Tx,
  { id, epoch }: Pick<InstanceRecord, "id" | "epoch">,
  change: RecordChange,
): Promise<void> {
  const { lastDisconnect, pacing, settings, proxy, restriction, history, ...columns } = change;
  const data = {
    ...columns,
    ...(lastDisconnect === undefined ? {} : { lastDisconnect: toJson(lastDisconnect) }),
    ...(pacing === undefined ? {} : { pacing: toJson(pacing) }),
    ...(settings === undefined ? {} : { settings: toJson(settings) }),
    ...(proxy === undefined ? {} : { proxy: proxy && proxy.sealed }),
    ...(restriction === undefined ? {} : { restriction: toJson(restriction) }),
    ...(history === undefined ? {} : { history: toJson(history) }),
  };
  await tx.db.instance.updateMany({ where: { id, epoch }, data });
}

/**
 * Takes every instance over: the epoch of each rises, so that whatever an earlier process left
 * running can write nothing any more.
 */
export async function takeOverAll({ writer, vault }: Database): Promise<readonly InstanceRecord[]> {
  const rows = await writer.write(async (tx) => {
    await tx.db.instance.updateMany({ data: { epoch: { increment: 1 } } });
    return tx.db.instance.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  });
  return rows.map((row) => toRecord(row, vault));
}

function toJson(value: object | null): string | null {
  return value && JSON.stringify(value);
}

/** @throws VaultError */
function openProxy(vault: Vault, id: string, sealed: Uint8Array<ArrayBuffer> | null) {
  return sealed && { url: vault.open(ownerOf.proxy(id), sealed).toString(), sealed };
}

export function sealProxy(vault: Vault, id: InstanceId, url: string): KeptProxy {
  return { url, sealed: vault.seal(ownerOf.proxy(id), Buffer.from(url)) };
}

/** @throws VaultError */
function toRecord(
  { lastDisconnect, pacing, settings, proxy, restriction, history, ...row }: Row,
  vault: Vault,
): InstanceRecord {
  return {
    ...row,
    id: row.id as InstanceId,
    status: row.status as InstanceStatus,
    pn: row.pn as Jid | null,
    lid: row.lid as Jid | null,
    lastDisconnect: lastDisconnect === null ? null : reviveDisconnect(lastDisconnect),
    pacing: pacing === null ? null : (JSON.parse(pacing) as Pacing),
    // What a later version adds is as usual.
    settings: { ...USUAL_SETTINGS, ...(JSON.parse(settings ?? "{}") as Partial<InstanceSettings>) },
    proxy: openProxy(vault, row.id ?? "", proxy),
    restriction: restriction === null ? null : reviveRestriction(restriction),
    history: history === null ? null : (JSON.parse(history) as HistoryProgress),
  };
}

function reviveDisconnect(json: string): Disconnect {
  const { at, ...rest } = JSON.parse(json) as Disconnect;
  return { ...rest, at: new Date(at) };
}

function reviveRestriction(json: string): Restriction {
  const { since, until, ...rest } = JSON.parse(json) as Restriction;
  return { ...rest, since: new Date(since), until: until && new Date(until) };
}

/** What one statement of a deletion removes at most, so that others' writes pass between two. */
const DELETE_CHUNK = 1_000;

/** Removes an instance and all it holds: in pieces first, since the writer is shared; the row and what cascades from it last. */
export async function deleteRecord(
  { writer }: Database,
  id: InstanceId,
  last: (tx: Tx) => Promise<void>,
): Promise<void> {
  const inPieces = async (removeSome: (tx: Tx) => Promise<number>) => {
    while ((await writer.write(removeSome)) === DELETE_CHUNK);
  };
  await inPieces(
    (tx) => tx.db.$executeRaw`
    DELETE FROM "Message" WHERE uid IN (
      SELECT uid FROM "Message" WHERE "instanceId" = ${id} LIMIT ${DELETE_CHUNK})`,
  );
  await inPieces(
    (tx) => tx.db.$executeRaw`
    DELETE FROM "InboxRow" WHERE "instanceId" = ${id} AND hash IN (
      SELECT hash FROM "InboxRow" WHERE "instanceId" = ${id} LIMIT ${DELETE_CHUNK})`,
  );
  await inPieces(
    (tx) => tx.db.$executeRaw`
    DELETE FROM "BatchRecipient" WHERE rowid IN (
      SELECT r.rowid FROM "Batch" AS b CROSS JOIN "BatchRecipient" AS r ON r."batchId" = b.id
      WHERE b."instanceId" = ${id} LIMIT ${DELETE_CHUNK})`,
  );
  await inPieces((tx) => deleteEvents(tx, id));
  await writer.write(async (tx) => {
    await tx.db.instance.deleteMany({ where: { id } });
    await last(tx);
  });
}

/** Events with their deliveries, webhook by webhook: an index leads to each, where a join would read every delivery there is. */
async function deleteEvents(tx: Tx, id: InstanceId): Promise<number> {
  const events = await tx.db.$queryRaw<{ position: bigint }[]>`
    SELECT position FROM "Event" WHERE "instanceId" = ${id} LIMIT ${DELETE_CHUNK}`;
  const positions = JSON.stringify(events.map(({ position }) => Number(position)));
  await tx.db.$executeRaw`
    DELETE FROM "Delivery" WHERE id IN (
      SELECT d.id FROM json_each(${positions}) AS p CROSS JOIN "Webhook" AS w CROSS JOIN "Delivery" AS d
      WHERE d."webhookId" = w.id AND d.position = p.value)`;
  return tx.db.$executeRaw`
    DELETE FROM "Event" WHERE position IN (SELECT value FROM json_each(${positions}))`;
}
