import type { InstanceId } from "../domain/ids.ts";
import type { KeyChange, KeyChanges, SessionImage, SessionState } from "../engine/session-state.ts";
import type { Database } from "../store/database.ts";
import type { Claim } from "../store/ownership.ts";
import { ownershipLost, staleClaims } from "../store/ownership.ts";
import { ownerOf } from "../store/sealed.ts";
import type { Tx } from "../store/writer.ts";
import { markInboxDone, writeInbox, writeKeys } from "./session-rows.ts";

interface Commit extends Claim, KeyChanges {}

/** Keeps the sessions of all instances; every write names the ownership it was made under. */
export interface SessionStore {
  of(claim: Claim): SessionState;
  /** All of a session; nothing where none is linked. */
  image(instanceId: InstanceId): Promise<Pick<SessionImage, "credentials" | "keys"> | undefined>;
  /** Writes a whole session for an instance that has none. */
  restore(
    tx: Tx,
    instanceId: InstanceId,
    session: Pick<SessionImage, "credentials" | "keys">,
  ): Promise<void>;
  /** Sets the credentials of a lost link aside, in case the loss was a mistake. */
  setAside(tx: Tx, instanceId: InstanceId): Promise<void>;
}

export function createSessionStore({ read, writer, vault }: Database): SessionStore {
  const commit = writer.batch(async (tx, commits: readonly Commit[]) => {
    const stale = await staleClaims(tx, commits);
    const held = commits.filter((each) => !stale(each));
    await writeKeys(
      tx,
      held.flatMap(({ instanceId, keys }) =>
        keys.map((key) => [instanceId, sealed(instanceId, key)] as const),
      ),
    );
    await writeInbox(
      tx,
      held.flatMap(({ instanceId, inbox }) => (inbox ? [[instanceId, inbox] as const] : [])),
    );
    return commits.map((each) => !stale(each));
  });

  const sealed = (instanceId: InstanceId, { type, id, value }: KeyChange): KeyChange => ({
    type,
    id,
    value: value && vault.seal(ownerOf.signalKey(instanceId, type, id), value),
  });

  return {
    of: ({ instanceId, epoch }) => ({
      async loadCredentials() {
        const row = await read.credentials.findUnique({ where: { instanceId } });
        if (!row || row.sealed.length === 0) return undefined;
        return vault.open(ownerOf.credentials(instanceId), row.sealed);
      },
      async saveCredentials(bytes) {
        const sealedBytes = vault.seal(ownerOf.credentials(instanceId), bytes);
        await writer.write(async (tx) => {
          const claim = { instanceId, epoch };
          if ((await staleClaims(tx, [claim]))(claim)) throw ownershipLost();
          const row = { sealed: sealedBytes, setAside: null, updatedAt: new Date() };
          const create = { instanceId, ...row };
          await tx.db.credentials.upsert({ where: { instanceId }, create, update: row });
        });
      },
      async wipeKeys() {
        await writer.write(async (tx) => {
          const claim = { instanceId, epoch };
          if ((await staleClaims(tx, [claim]))(claim)) throw ownershipLost();
          await tx.db.signalKey.deleteMany({ where: { instanceId } });
        });
      },
      async readKeys(type, ids) {
        const rows = await read.signalKey.findMany({
          where: { instanceId, type, id: { in: [...ids] } },
          select: { id: true, sealed: true },
        });
        return new Map(
          rows.map((row) => [
            row.id,
            vault.open(ownerOf.signalKey(instanceId, type, row.id), row.sealed),
          ]),
        );
      },
      async commit(changes) {
        if (!(await commit({ instanceId, epoch, ...changes }))) throw ownershipLost();
      },
      async findInbox(hash) {
        const row = await read.inboxRow.findUnique({
          where: { instanceId_hash: { instanceId, hash } },
        });
        return row ?? undefined;
      },
      openInbox: () =>
        read.inboxRow.findMany({
          where: { instanceId, doneAt: null },
          orderBy: [{ createdAt: "asc" }, { hash: "asc" }],
          take: OPEN_INBOX_LIMIT,
        }),
      async closeInbox(hashes) {
        await writer.write(async (tx) => {
          const claim = { instanceId, epoch };
          if ((await staleClaims(tx, [claim]))(claim)) throw ownershipLost();
          await markInboxDone(
            tx,
            hashes.map((hash) => ({ instanceId, hash })),
          );
        });
      },
    }),
    async image(instanceId) {
      const row = await read.credentials.findUnique({ where: { instanceId } });
      if (!row || row.sealed.length === 0) return undefined;
      const rows = await read.signalKey.findMany({ where: { instanceId } });
      return {
        credentials: vault.open(ownerOf.credentials(instanceId), row.sealed),
        keys: rows.map(({ type, id, sealed: bytes }) => ({
          type,
          id,
          value: vault.open(ownerOf.signalKey(instanceId, type, id), bytes),
        })),
      };
    },
    async restore(tx, instanceId, { credentials, keys }) {
      const sealedBytes = vault.seal(ownerOf.credentials(instanceId), credentials);
      const row = { instanceId, sealed: sealedBytes, updatedAt: new Date() };
      await tx.db.credentials.create({ data: row });
      for (let at = 0; at < keys.length; at += RESTORED_AT_ONCE) {
        const some = keys.slice(at, at + RESTORED_AT_ONCE);
        await writeKeys(
          tx,
          some.map((key) => [instanceId, sealed(instanceId, key)] as const),
        );
      }
    },
    async setAside(tx, instanceId) {
      await tx.db.$executeRaw`
        UPDATE "Credentials" SET "setAside" = sealed, sealed = x''
        WHERE "instanceId" = ${instanceId} AND length(sealed) > 0`;
    },
  };
}

/** Keys that one statement writes: some MB of sessions as text. */
const RESTORED_AT_ONCE = 1_000;

/**
 * Rows that one start reads back at most. Open rows are messages between their decryption and their
 * event, milliseconds apart, so even a crash under a burst leaves far fewer.
 */
const OPEN_INBOX_LIMIT = 10_000;
