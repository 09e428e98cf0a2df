import type { Reader } from "../store/database.ts";
import { ownerOf } from "../store/sealed.ts";
import type { Vault } from "../store/vault.ts";
import type { Tx } from "../store/writer.ts";
import type { Link } from "./audit-chain.ts";
import { START } from "./audit-chain.ts";

/** A place in the trail that is kept outside of it, sealed. */
interface AuditMark {
  /** The place before the first entry where nothing was kept yet. @throws VaultError when it was tampered with */
  read(db: Pick<Reader, "meta">): Promise<Link>;
  write(tx: Tx, link: Link): Promise<void>;
}

export interface AuditMarks {
  /** The last entry that was let go: nobody can let go of more. */
  readonly anchor: AuditMark;
  /** The newest entry: nobody can cut off the end, nor all of it. */
  readonly head: AuditMark;
}

export function auditMarks(vault: Vault): AuditMarks {
  return { anchor: mark(vault, "audit anchor"), head: mark(vault, "audit head") };
}

function mark(vault: Vault, name: string): AuditMark {
  return {
    async read(db) {
      const row = await db.meta.findUnique({ where: { name } });
      if (row === null) return START;
      const plain = vault.open(ownerOf.meta(name), row.value);
      return {
        position: Number(plain.readBigUInt64BE(0)),
        hash: new Uint8Array(plain.subarray(8)),
      };
    },
    async write({ db }, { position, hash }) {
      const plain = Buffer.alloc(8 + hash.length);
      plain.writeBigUInt64BE(BigInt(position), 0);
      plain.set(hash, 8);
      const value = vault.seal(ownerOf.meta(name), plain);
      await db.meta.upsert({ where: { name }, create: { name, value }, update: { value } });
    },
  };
}
