import { randomBytes } from "node:crypto";
import type { Database } from "./database.ts";
import { ownerOf } from "./sealed.ts";

/**
 * A secret of 32 bytes that belongs to this database and outlives its encryption key: made when it is
 * first asked for and kept sealed. What is hashed or chained under it stays valid when the key changes.
 */
export async function namedSecret(
  { read, writer, vault }: Pick<Database, "read" | "writer" | "vault">,
  name: string,
): Promise<Uint8Array> {
  const known = await read.meta.findUnique({ where: { name } });
  if (known) return vault.open(ownerOf.meta(name), known.value);
  const value = vault.seal(ownerOf.meta(name), randomBytes(32));
  const row = await writer.write((tx) =>
    tx.db.meta.upsert({ where: { name }, create: { name, value }, update: {} }),
  );
  return vault.open(ownerOf.meta(name), row.value);
}
