import type { Reader } from "../store/database.ts";
import { ownerOf } from "../store/sealed.ts";
import type { Vault } from "../store/vault.ts";
import type { Tx } from "../store/writer.ts";
import type { Link } from "./audit-chain.ts";
import { START } from "./audit-chain.ts";

const NAME = "audit anchor";

/** Where the kept part of the trail begins: the last entry that was let go, sealed, so that nobody can let go of more. */
export interface AuditAnchor {
  /** @throws VaultError when it was tampered with */
  read(db: Pick<Reader, "meta">): Promise<Link>;
  write(tx: Tx, link: Link): Promise<void>;
}

export function auditAnchor(vault: Vault): AuditAnchor {
  return {
    async read(db) {
      const row = await db.meta.findUnique({ where: { name: NAME } });
      if (row === null) return START;
      const plain = vault.open(ownerOf.meta(NAME), row.value);
      return {
        position: Number(plain.readBigUInt64BE(0)),
        hash: new Uint8Array(plain.subarray(8)),
      };
    },
    async write({ db }, { position, hash }) {
      const plain = Buffer.alloc(8 + hash.length);
      plain.writeBigUInt64BE(BigInt(position), 0);
      plain.set(hash, 8);
      const value = vault.seal(ownerOf.meta(NAME), plain);
      await db.meta.upsert({
        where: { name: NAME },
        create: { name: NAME, value },
        update: { value },
      });
    },
  };
}
