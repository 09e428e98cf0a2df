import { BoundedMap } from "../lib/bounded-map.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import { namedSecret } from "../store/named-secret.ts";
import type { Tx } from "../store/writer.ts";
import { auditAnchor } from "./audit-anchor.ts";
import type { AuditAnchor } from "./audit-anchor.ts";
import type { AuditChain, Link } from "./audit-chain.ts";
import { auditChain } from "./audit-chain.ts";
import type { AuditEntry, AuditFact, AuditQuery, AuditVerdict } from "./audit-entry.ts";

type Row = Awaited<ReturnType<Database["read"]["auditEntry"]["findMany"]>>[number];

/** Rows that are read at once while the chain is checked. */
const PAGE = 1_000;

/** Things that are told apart while they are noted once in a while only. */
const NOTED = 10_000;

/** One entry in so long for each (milliseconds): whoever tries a million keys must not fill the trail. */
const NOTED_EVERY_MS = 60_000;

/**
 * The audit trail: only added to. Each entry's hash is made under a secret that is not in the database in
 * clear and covers the entry before, so that whoever can write to the file can change or take out
 * nothing but the very end without being noticed.
 */
export class Audit {
  readonly #read: Database["read"];
  readonly #chain: AuditChain;
  readonly #anchor: AuditAnchor;
  readonly #noted = new BoundedMap<string, number>(NOTED);
  /** Resolves once it is durable. */
  readonly append: (fact: AuditFact) => Promise<void>;

  private constructor(database: Database, chain: AuditChain) {
    this.#read = database.read;
    this.#chain = chain;
    this.#anchor = auditAnchor(database.vault);
    const insert = (tx: Tx, facts: readonly AuditFact[]) => this.#insert(tx, facts);
    this.append = database.writer.batch(insert);
  }

  static async open(database: Database): Promise<Audit> {
    return new Audit(database, auditChain(await namedSecret(database, "audit chain")));
  }

  /** The same for what a caller may do again and again: it is written once a minute. */
  async note(fact: AuditFact): Promise<void> {
    const { keyId, address, action, target, result } = fact;
    const name = JSON.stringify([keyId, address, action, target, result]);
    const now = steadyNow();
    const before = this.#noted.get(name);
    if (before !== undefined && now - before < NOTED_EVERY_MS) return;
    this.#noted.set(name, now);
    await this.append(fact);
  }

  /** Newest first. */
  async list(query: AuditQuery): Promise<readonly AuditEntry[]> {
    const { limit, before, keyId, action, instanceId, within } = query;
    const rows = await this.#read.auditEntry.findMany({
      where: {
        ...(before ? { position: { lt: before } } : {}),
        ...(keyId ? { keyId } : {}),
        ...(action ? { action } : {}),
        AND: [instanceId ? { instanceId } : {}, within ? { instanceId: { in: [...within] } } : {}],
      },
      orderBy: { position: "desc" },
      take: limit,
    });
    return rows.map(toEntry);
  }

  /** Goes through all that is kept. */
  async verify(): Promise<AuditVerdict> {
    const anchor = await this.#anchor.read(this.#read);
    let last: Link = anchor;
    const checked = () => last.position - anchor.position;
    for (;;) {
      const rows = await this.#read.auditEntry.findMany({
        where: { position: { gt: last.position } },
        orderBy: { position: "asc" },
        take: PAGE,
      });
      for (const row of rows) {
        const claimed = linkOf(row);
        if (!this.#chain.holds(last, factOf(row), claimed)) {
          return { checked: checked(), brokenAt: last.position + 1, head: null };
        }
        last = claimed;
      }
      if (rows.length === PAGE) continue;
      const { position, hash } = last;
      const head = position === 0 ? null : { position, hash: hex(hash) };
      return { checked: checked(), brokenAt: null, head };
    }
  }

  async #insert(tx: Tx, facts: readonly AuditFact[]): Promise<readonly undefined[]> {
    const newest = await tx.db.auditEntry.findFirst({ orderBy: { position: "desc" } });
    let last = newest ? linkOf(newest) : await this.#anchor.read(tx.db);
    const data = facts.map((fact) => {
      last = this.#chain.next(last, fact);
      return { ...fact, ...last };
    });
    await tx.db.auditEntry.createMany({ data });
    return facts.map(() => undefined);
  }
}

function linkOf({ position, hash }: Row): Link {
  return { position: Number(position), hash };
}

function factOf({ position: _, hash: __, ...fact }: Row): AuditFact {
  return fact;
}

function toEntry(row: Row): AuditEntry {
  return { ...factOf(row), position: Number(row.position), hash: hex(row.hash) };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
