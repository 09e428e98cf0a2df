import type { PrismaClient } from "./generated/sqlite/client.ts";
import { ownerOf } from "./sealed.ts";
import type { Vault } from "./vault.ts";
import { VaultError } from "./vault.ts";
import type { Writer } from "./writer.ts";

const NAME = "vault-proof";

/**
 * A sealed word in the database: a gateway that is started with another key would otherwise find
 * out one instance at a time, and write new secrets that the old key cannot read.
 * @throws VaultError
 */
export async function proveVault(
  read: Pick<PrismaClient, "meta">,
  writer: Writer,
  vault: Vault,
): Promise<void> {
  const proof = await read.meta.findUnique({ where: { name: NAME } });
  if (proof === null) {
    const value = vault.seal(ownerOf.meta(NAME), Buffer.from("wagraph"));
    await writer.write((tx) => tx.db.meta.create({ data: { name: NAME, value } }));
    return;
  }
  try {
    vault.open(ownerOf.meta(NAME), proof.value);
  } catch (cause) {
    throw new VaultError(
      "This database was encrypted with another key. Set ENCRYPTION_KEY to that key, or restore the file encryption.key of its data directory.",
      { cause },
    );
  }
}
