import type { ErrorCode } from "../../domain/errors.ts";
import type { Media } from "../../domain/content.ts";
import { newId } from "../../lib/ids.ts";
import type { Reader } from "../../store/database.ts";
import type { Tx } from "../../store/writer.ts";
import type { Facts } from "../../lib/proven.ts";

/** A copy that is to be made now. */
export interface DueCopy {
  readonly uid: string;
  readonly instanceId: string;
  /** How often it went wrong. */
  readonly attempts: number;
  readonly media: Media;
}

/** Those that are due, the longest waiting first, without those of accounts that have enough under way. */
export async function readDue(
  read: Reader,
  query: { readonly now: number; readonly except: Iterable<string>; readonly limit: number },
): Promise<readonly DueCopy[]> {
  const except = JSON.stringify([...query.except]);
  const rows = await read.$queryRaw<
    { uid: string; instanceId: string; attempts: bigint | number; media: string }[]
  >`
    SELECT m.uid, c."instanceId", c.attempts, m.media
    FROM "MediaCopy" AS c CROSS JOIN "Message" AS m ON m.uid = c."messageUid"
    WHERE c."dueAt" <= ${query.now} AND m.media IS NOT NULL
      AND c."instanceId" NOT IN (SELECT value FROM json_each(${except}))
    ORDER BY c."dueAt" LIMIT ${query.limit}`;
  return rows.map(({ uid, instanceId, media, attempts }) => ({
    uid,
    instanceId,
    attempts: Number(attempts),
    media: JSON.parse(media) as Media,
  }));
}

/** When the next one is due that is not yet. */
export async function nextDueAt(read: Reader, now: number): Promise<number | undefined> {
  const next = await read.mediaCopy.findFirst({
    where: { dueAt: { gt: new Date(now) } },
    orderBy: { dueAt: "asc" },
    select: { dueAt: true },
  });
  return next?.dueAt?.getTime();
}

/** A name for a copy; or the same file, which is here already; or nothing, because nobody wants it any more. */
export type Reservation =
  | { readonly kind: "name"; readonly id: string; readonly isNew: boolean }
  | { readonly kind: "shared" | "unwanted" };

/** Sets a name aside before anything is written under it. The same copy gets the same name again. */
export async function reserve(
  tx: Tx,
  { uid, instanceId }: Pick<DueCopy, "uid" | "instanceId">,
  { size, sha256 }: Facts,
  now: number,
): Promise<Reservation> {
  const copy = await tx.db.mediaCopy.findUnique({ where: { messageUid: uid } });
  if (copy?.state !== "PENDING") return { kind: "unwanted" };
  if (copy.fileId !== null) return { kind: "name", id: copy.fileId, isNew: false };
  const broughtAt = new Date(now);
  const same = { instanceId, sha256, size, unused: false, storedAt: { not: null } };
  const shared = await tx.db.mediaFile.findFirst({ where: same, select: { id: true } });
  if (shared) {
    await tx.db.mediaFile.update({ where: { id: shared.id }, data: { broughtAt } });
    await tx.db.mediaCopy.update({ where: { messageUid: uid }, data: storedAs(shared.id) });
    return { kind: "shared" };
  }
  const id = newId();
  await tx.db.mediaFile.create({ data: { id, instanceId, sha256, size, broughtAt } });
  await tx.db.mediaCopy.update({ where: { messageUid: uid }, data: { fileId: id } });
  return { kind: "name", id, isNew: true };
}

/** The file is there, under the name that was set aside for it. If nobody wants it any more it stays unused. */
export async function finish(tx: Tx, uid: string, id: string, now: number): Promise<void> {
  const made = await tx.db.mediaFile.updateMany({
    where: { id, unused: false },
    data: { storedAt: new Date(now) },
  });
  if (made.count === 0) return;
  await tx.db.mediaCopy.updateMany({ where: { messageUid: uid, fileId: id }, data: storedAs(id) });
}

const storedAs = (fileId: string) =>
  ({ state: "STORED", fileId, dueAt: null, error: null }) as const;

/** What comes of an attempt that went wrong: it is tried again, or never. */
export type Setback =
  | { readonly dueAt: number; readonly attempts: number; readonly error: ErrorCode | null }
  | { readonly dueAt: null; readonly error: ErrorCode };

/** The name that was set aside is not used again: what may lie there in part is removed with it. */
export async function setBack(tx: Tx, uid: string, setback: Setback): Promise<void> {
  const copy = await tx.db.mediaCopy.findUnique({ where: { messageUid: uid } });
  if (copy?.state !== "PENDING") return;
  const { dueAt, error } = setback;
  const data =
    dueAt === null
      ? { state: "FAILED", dueAt, error }
      : { dueAt: new Date(dueAt), error, attempts: setback.attempts };
  await tx.db.mediaCopy.update({ where: { messageUid: uid }, data: { ...data, fileId: null } });
  if (copy.fileId === null) return;
  await tx.db.mediaFile.updateMany({ where: { id: copy.fileId }, data: { unused: true } });
}

/** Files that are to go, before they go: no message claims them any more. */
export async function letGo(tx: Tx, ids: readonly string[]): Promise<void> {
  const fileId = { in: [...ids] };
  await tx.db.mediaCopy.updateMany({ where: { fileId }, data: { state: "REMOVED", fileId: null } });
  await tx.db.mediaFile.updateMany({ where: { id: fileId }, data: { unused: true } });
}

/** A file is not what it was: what it stood for is fetched once more. */
export async function lose(tx: Tx, id: string, now: number): Promise<void> {
  const anew = { state: "PENDING", fileId: null, attempts: 0, dueAt: new Date(now) } as const;
  await tx.db.mediaCopy.updateMany({ where: { fileId: id, state: "STORED" }, data: anew });
  await tx.db.mediaFile.updateMany({ where: { id }, data: { unused: true } });
}
