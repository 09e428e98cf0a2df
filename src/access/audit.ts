import { storableText } from "../domain/text.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import { namedSecret } from "../store/named-secret.ts";
import type { Tx } from "../store/writer.ts";
import { RateLimit } from "./rate.ts";
import type { AuditMarks } from "./audit-marks.ts";
import { auditMarks } from "./audit-marks.ts";
import type { AuditChain, Link } from "./audit-chain.ts";
import { auditChain } from "./audit-chain.ts";
import type { AuditEntry, AuditFact, AuditQuery, AuditVerdict } from "./audit-entry.ts";

type Row = Awaited<ReturnType<Database["read"]["auditEntry"]["findMany"]>>[number];

/** Rows that are read at once while the chain is checked. */
const PAGE = 1_000;

/** Things that are told apart while they are noted once in a while only. */
const NOTED = 10_000;

/** Entries about those who showed no key of ours: enough to see that somebody tries. */
const STRANGERS_PER_MINUTE = 60;

/** Characters of an entry's texts: ids are shorter, and what is longer was made up by a caller. */
const TEXT_LIMIT = 100;

/** One entry in so long for each (milliseconds): whoever tries a million keys must not fill the trail. */
const NOTED_EVERY_MS = 60_000;

/**
 * The audit trail: only added to. Each entry's hash is made under a secret that is not in the database in
 * clear and covers the entry before, so that whoever can write to the file can change or take out
 * nothing without being noticed; only a whole older state of the file, put in place of this one, looks like itself.
 */
export class Audit {
  readonly #read: Database["read"];
  readonly #chain: AuditChain;
  readonly #marks: AuditMarks;
  /** Whoever has many addresses must not fill the trail with them. */
  readonly #strangers = new RateLimit(STRANGERS_PER_MINUTE, steadyNow);
  readonly #noted = new BoundedMap<string, number>(NOTED);
  /** Resolves once it is durable. */
  readonly append: (fact: AuditFact) => Promise<void>;

  private constructor(database: Database, chain: AuditChain) {
    this.#read = database.read;
    this.#chain = chain;
    this.#marks = auditMarks(database.vault);
    const insert = (tx: Tx, facts: readonly AuditFact[]) => this.#insert(tx, facts);
    const append = database.writer.batch(insert);
    this.append = (fact) => append(storable(fact));
  }

  static async open(database: Database): Promise<Audit> {
    return new Audit(database, auditChain(await namedSecret(database, "audit chain")));
  }

  /**
   * The same for what a caller may do again and again: it is written once a minute. What was refused is
   * told apart by who tried what, and not by what they tried it on: they choose that.
   */
  async note(fact: AuditFact): Promise<void> {
    const { keyId, address, action, target, result } = fact;
    const who = keyId ?? networkName(address);
    const what = result === "OK" ? [address, target] : [];
    const name = JSON.stringify([who, action, result, ...what]);
    const now = steadyNow();
    const before = this.#noted.get(name);
    if (before !== undefined && now - before < NOTED_EVERY_MS) return;
    this.#noted.set(name, now);
    if (isStranger(fact) && !this.#strangers.take()) return;
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
    const newest = await this.#marks.head.read(this.#read);
    let anchor = await this.#marks.anchor.read(this.#read);
    let last: Link = anchor;
    const checked = () => last.position - anchor.position;
    const broken = (): AuditVerdict => ({
      checked: checked(),
      brokenAt: last.position + 1,
      head: null,
    });
    for (;;) {
      const rows = await this.#read.auditEntry.findMany({
        where: { position: { gt: last.position } },
        orderBy: { position: "asc" },
        take: PAGE,
      });
      for (const row of rows) {
        const claimed = linkOf(row);
        if (!this.#chain.holds(last, factOf(row), claimed)) {
          // Old entries may have been let go meanwhile: then it begins anew behind them.
          const now = await this.#marks.anchor.read(this.#read);
          if (now.position <= anchor.position) return broken();
          anchor = now;
          last = now;
          break;
        }
        last = claimed;
      }
      if (last === anchor ? rows.length > 0 : rows.length === PAGE) continue;
      const { position, hash } = last;
      if (position < newest.position) return broken();
      const head = position === 0 ? null : { position, hash: hex(hash) };
      return { checked: checked(), brokenAt: null, head };
    }
  }

  async #insert(tx: Tx, facts: readonly AuditFact[]): Promise<readonly undefined[]> {
    const newest = await tx.db.auditEntry.findFirst({ orderBy: { position: "desc" } });
    let last = newest ? linkOf(newest) : await this.#marks.anchor.read(tx.db);
    const data = facts.map((fact) => {
      last = this.#chain.next(last, fact);
      return { ...fact, ...last };
    });
    await tx.db.auditEntry.createMany({ data });
    await this.#marks.head.write(tx, last);
    return facts.map(() => undefined);
  }
}

function isStranger({ keyId, action, result }: AuditFact): boolean {
  return keyId === null && action === "authenticate" && result !== "OK";
}

/** An address of IPv6 stands for its network: each of its users has as many of them as they like. */
function networkName(address: string | null): string | null {
  return address?.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}

/** Texts that come from callers, as the database keeps them: the hash is over what is there to be read. */
function storable(fact: AuditFact): AuditFact {
  return { ...fact, target: short(fact.target), instanceId: short(fact.instanceId) };
}

function short(text: string | null): string | null {
  return text === null ? null : storableText(text).slice(0, TEXT_LIMIT).toWellFormed();
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
