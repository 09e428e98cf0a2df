import type { Database, Reader } from "./database.ts";
import { ownerOf } from "./sealed.ts";
import type { Vault } from "./vault.ts";
import type { Tx } from "./writer.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Rows of one transaction: some ten milliseconds. */
const PAGE = 500;

/** One table with sealed columns. */
interface Sealed<Row> {
  page(read: Reader, after: Row | undefined): Promise<readonly Row[]>;
  /** Each sealed column with what its value is bound to. */
  owners(row: Row): Readonly<Record<string, string>>;
  update(tx: Tx, row: Row, changed: Readonly<Record<string, Bytes>>): Promise<unknown>;
}

/**
 * Seals everything anew that was sealed with an old key. May be cut off at any point and begun again: what
 * is sealed with the current key by then is left as it is.
 * @param vault seals with the new key and still opens what is under the old ones
 * @returns how many rows were sealed anew
 * @throws VaultError for a value that no key opens
 */
export async function reseal(
  { read, writer }: Pick<Database, "read" | "writer">,
  vault: Vault,
): Promise<number> {
  let count = 0;
  async function go<Row extends object>(table: Sealed<Row>): Promise<void> {
    let rows = await table.page(read, undefined);
    while (rows.length > 0) {
      const stale = rows.flatMap((row) => {
        const changed = resealed(vault, row, table.owners(row));
        return Object.keys(changed).length > 0 ? [{ row, changed }] : [];
      });
      await writer.write(async (tx) => {
        for (const { row, changed } of stale) await table.update(tx, row, changed);
      });
      count += stale.length;
      rows = await table.page(read, rows.at(-1));
    }
  }
  await go(credentials);
  await go(signalKeys);
  await go(webhooks);
  await go(eventCodes);
  await go(proxies);
  await go(meta);
  return count;
}

/** The sealed columns of a row whose values are under an old key, under the current one. */
function resealed(
  vault: Vault,
  row: object,
  owners: Readonly<Record<string, string>>,
): Readonly<Record<string, Bytes>> {
  const columns = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(owners).flatMap(([column, owner]) => {
      const value = columns[column];
      // Credentials that were set aside leave an empty value behind.
      if (!(value instanceof Uint8Array) || value.length === 0) return [];
      if (vault.isCurrent(value)) return [];
      return [[column, vault.seal(owner, vault.open(owner, value))]];
    }),
  );
}

const credentials: Sealed<{ instanceId: string; sealed: Bytes; setAside: Bytes | null }> = {
  page: (read, after) =>
    read.credentials.findMany({
      where: after ? { instanceId: { gt: after.instanceId } } : {},
      orderBy: { instanceId: "asc" },
      take: PAGE,
    }),
  owners: ({ instanceId }) => {
    const owner = ownerOf.credentials(instanceId);
    return { sealed: owner, setAside: owner };
  },
  update: ({ db }, { instanceId }, data) => db.credentials.update({ where: { instanceId }, data }),
};

const signalKeys: Sealed<{ instanceId: string; type: string; id: string; sealed: Bytes }> = {
  page: (read, after) =>
    read.signalKey.findMany({
      ...(after && {
        cursor: {
          instanceId_type_id: { instanceId: after.instanceId, type: after.type, id: after.id },
        },
        skip: 1,
      }),
      orderBy: [{ instanceId: "asc" }, { type: "asc" }, { id: "asc" }],
      take: PAGE,
    }),
  owners: ({ instanceId, type, id }) => ({ sealed: ownerOf.signalKey(instanceId, type, id) }),
  update: ({ db }, { instanceId, type, id }, data) =>
    db.signalKey.update({ where: { instanceId_type_id: { instanceId, type, id } }, data }),
};

const webhooks: Sealed<{
  id: string;
  headers: Bytes | null;
  secret: Bytes;
  oldSecret: Bytes | null;
}> = {
  page: (read, after) =>
    read.webhook.findMany({
      where: after ? { id: { gt: after.id } } : {},
      orderBy: { id: "asc" },
      take: PAGE,
    }),
  owners: ({ id }) => ({
    headers: ownerOf.webhookHeaders(id),
    secret: ownerOf.webhookSecret(id),
    oldSecret: ownerOf.oldWebhookSecret(id),
  }),
  update: ({ db }, { id }, data) => db.webhook.update({ where: { id }, data }),
};

const eventCodes: Sealed<{ position: bigint; id: string; sealed: Bytes | null }> = {
  page: (read, after) =>
    read.event.findMany({
      where: { sealed: { not: null }, ...(after && { position: { gt: after.position } }) },
      orderBy: { position: "asc" },
      select: { position: true, id: true, sealed: true },
      take: PAGE,
    }),
  owners: ({ id }) => ({ sealed: ownerOf.eventCode(id) }),
  update: ({ db }, { position }, data) => db.event.update({ where: { position }, data }),
};

const proxies: Sealed<{ id: string; proxy: Bytes | null }> = {
  page: (read, after) =>
    read.instance.findMany({
      where: { proxy: { not: null }, ...(after && { id: { gt: after.id } }) },
      orderBy: { id: "asc" },
      select: { id: true, proxy: true },
      take: PAGE,
    }),
  owners: ({ id }) => ({ proxy: ownerOf.proxy(id) }),
  update: ({ db }, { id }, data) => db.instance.update({ where: { id }, data }),
};

const meta: Sealed<{ name: string; value: Bytes }> = {
  page: (read, after) =>
    read.meta.findMany({
      where: after ? { name: { gt: after.name } } : {},
      orderBy: { name: "asc" },
      take: PAGE,
    }),
  owners: ({ name }) => ({ value: ownerOf.meta(name) }),
  update: ({ db }, { name }, data) => db.meta.update({ where: { name }, data }),
};
