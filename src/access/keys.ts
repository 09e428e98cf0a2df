import type { Caller } from "../domain/caller.ts";
import { mayDo, mayReach } from "../domain/caller.ts";
import { GatewayError } from "../domain/errors.ts";
import type { Log } from "../lib/log.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import { namedSecret } from "../store/named-secret.ts";
import type { ApiKey, ApiKeyInput, NewApiKey } from "./api-key.ts";
import { checkKey, expectBounds } from "./draft.ts";
import type { KeyRefusal } from "./held-key.ts";
import { hashOf, HeldKey } from "./held-key.ts";
import { isGenuine, macOf } from "./key-mac.ts";
import type { KeyRow } from "./key-rows.ts";
import { keyIdIn, makeKeyText } from "./key-text.ts";
import type { RateLimit } from "./rate.ts";

/** All of them are in memory, some 2 KB each, and people look at them in a list. */
const KEY_LIMIT = 10_000;

/** The longest time for which a key goes on beside the one that replaces it (seconds): a week of deployments. */
const LONGEST_OVERLAP_S = 7 * 24 * 60 * 60;

/** How long a key that is over stays in the list (milliseconds): 30 days for whoever asks what it was. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** How often it is looked whether a key's time is over (milliseconds): what it has opened closes within a second. */
const EXPIRY_CHECK_MS = 500;

export type Recognition =
  | { readonly kind: "known"; readonly caller: Caller; readonly rate: RateLimit | null }
  | { readonly kind: "refused"; readonly key: ApiKey; readonly why: KeyRefusal }
  | { readonly kind: "unknown" };

/** The keys that were made through the API. */
export class Keys implements AsyncDisposable {
  readonly #database: Database;
  readonly #pepper: Uint8Array;
  readonly #held = new Map<string, HeldKey>();
  /** Keys that were used since that was last written down. */
  readonly #used = new Map<string, { readonly at: Date; readonly from: string | null }>();
  readonly #timer: NodeJS.Timeout;
  /** Keys that are being stored. */
  #making = 0;

  private constructor(database: Database, pepper: Uint8Array, rows: readonly KeyRow[]) {
    this.#database = database;
    this.#pepper = pepper;
    for (const row of rows) this.#hold(row);
    this.#timer = setInterval(() => {
      const now = new Date();
      for (const held of this.#held.values()) held.endWhatIsOver(now);
    }, EXPIRY_CHECK_MS).unref();
  }

  static async open(database: Database, log: Log): Promise<Keys> {
    const pepper = await namedSecret(database, "api-key pepper");
    const orderBy = [{ createdAt: "asc" }, { id: "asc" }] as const;
    const rows = await database.read.apiKey.findMany({ orderBy: [...orderBy] });
    const genuine = rows.filter((row) => {
      if (isGenuine(row, pepper)) return true;
      log.error("an API key was changed in the database, and opens nothing", { keyId: row.id });
      return false;
    });
    return new Keys(database, pepper, genuine);
  }

  /** Who has this text, if anybody. */
  recognize(text: string, address: string | undefined): Recognition {
    const id = keyIdIn(text);
    const held = id === undefined ? undefined : this.#held.get(id);
    const caller = held?.callerWith(text, this.#pepper);
    if (held === undefined || caller === undefined) return { kind: "unknown" };
    return this.#welcome(held, caller, address);
  }

  /** Who signed in with a text of this key, as long as that is still the one. */
  resume(id: string, fingerprint: string, address: string | undefined): Recognition {
    const held = this.#held.get(id);
    const caller = held?.callerBy(fingerprint);
    return held && caller ? this.#welcome(held, caller, address) : { kind: "unknown" };
  }

  /** Names the text by which somebody is known; nothing can be done with it. */
  fingerprint(caller: Caller): string | null {
    return this.#held.get(caller.keyId ?? "")?.fingerprint(caller) ?? null;
  }

  /** In the order in which they were made; those that this caller may know of. */
  list(by: Caller): readonly ApiKey[] {
    const keys = Array.from(this.#held.values(), ({ key }) => this.#shown(key));
    return keys.filter((key) => covers(by, key));
  }

  find(id: string, by: Caller): ApiKey | undefined {
    const key = this.#held.get(id)?.key;
    return key && covers(by, key) ? this.#shown(key) : undefined;
  }

  /** @throws GatewayError BAD_INPUT, FORBIDDEN */
  async create(input: ApiKeyInput, by: Caller): Promise<NewApiKey> {
    const { scopes, instances, cidrs, ...plain } = checkKey(input, by, new Date());
    // Those that are over are kept for a while, and do not count.
    const live = Array.from(this.#held.values()).filter(({ isOver }) => !isOver);
    if (live.length + this.#making >= KEY_LIMIT) {
      throw new GatewayError("BAD_INPUT", `There are ${KEY_LIMIT} keys. Revoke some first.`);
    }
    const { id, text } = makeKeyText();
    const power = {
      ...plain,
      id,
      hash: hashOf(text, this.#pepper),
      scopes: JSON.stringify(scopes),
      instances: instances && JSON.stringify(instances),
      cidrs: cidrs && JSON.stringify(cidrs),
      oldHash: null,
      oldUntil: null,
      revokedAt: null,
    };
    const mac = macOf(power, this.#pepper);
    const data = { ...power, mac, createdBy: by.name, createdAt: new Date() };
    this.#making += 1;
    try {
      const row = await this.#database.writer.write(({ db }) => db.apiKey.create({ data }));
      return { key: this.#hold(row).key, text };
    } finally {
      this.#making -= 1;
    }
  }

  /**
   * A new text for the same key, shown this once.
   * @param overlapSeconds for how long the text before is taken as well
   * @throws GatewayError KEY_NOT_FOUND, BAD_INPUT, FORBIDDEN
   */
  async rotate(id: string, overlapSeconds: number, by: Caller): Promise<NewApiKey> {
    if (!(overlapSeconds >= 0 && overlapSeconds <= LONGEST_OVERLAP_S)) {
      throw new GatewayError("BAD_INPUT", `overlapSeconds goes from 0 to ${LONGEST_OVERLAP_S}.`);
    }
    const held = this.#get(id, by);
    // Whoever rotates a key has it.
    expectBounds(held.key, by);
    const { text } = makeKeyText(id);
    const overlaps = overlapSeconds > 0;
    const row = await this.#write(id, {
      hash: hashOf(text, this.#pepper),
      oldHash: overlaps ? held.row.hash : null,
      oldUntil: overlaps ? new Date(Date.now() + overlapSeconds * 1_000) : null,
    });
    held.rotate(row);
    return { key: held.key, text };
  }

  /** Takes effect at once, on what it has opened as well. @throws GatewayError KEY_NOT_FOUND */
  async revoke(id: string, by: Caller): Promise<ApiKey> {
    const held = this.#get(id, by);
    if (held.key.revokedAt === null) held.change(await this.#write(id, { revokedAt: new Date() }));
    return held.key;
  }

  /** Writes down when keys were last used: not at each call, which would make every read a write. */
  async writeUsed(): Promise<void> {
    for (const [id, use] of Array.from(this.#used)) {
      const row = await this.#write(id, { lastUsedAt: use.at, lastUsedFrom: use.from });
      this.#held.get(id)?.change(row);
      if (this.#used.get(id) === use) this.#used.delete(id);
    }
  }

  /** Removes keys that have been revoked or over for 30 days. */
  async forgetOld(): Promise<void> {
    const before = new Date(Date.now() - KEPT_MS);
    for (const { key } of this.#held.values()) {
      const { id, revokedAt, expiresAt } = key;
      const over = revokedAt ?? expiresAt;
      if (over === null || over > before) continue;
      await this.#database.writer.write(({ db }) => db.apiKey.delete({ where: { id } }));
      this.#held.delete(id);
      this.#used.delete(id);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    // A gateway that cannot write any more has to stop all the same.
    await this.writeUsed().catch(() => undefined);
  }

  #welcome(held: HeldKey, caller: Caller, address: string | undefined): Recognition {
    const now = new Date();
    const why = held.refusal(address, now);
    if (why !== undefined) return { kind: "refused", key: held.key, why };
    this.#used.set(held.key.id, { at: now, from: address ?? null });
    return { kind: "known", caller, rate: held.rate };
  }

  #get(id: string, by: Caller): HeldKey {
    const held = this.#held.get(id);
    if (held && covers(by, held.key)) return held;
    throw keyNotFound(id);
  }

  #hold(row: KeyRow): HeldKey {
    const held = new HeldKey(row, steadyNow);
    this.#held.set(row.id, held);
    return held;
  }

  #write(id: string, change: Partial<Omit<KeyRow, "id">>): Promise<KeyRow> {
    const where = { id };
    return this.#database.writer.write(async ({ db }) => {
      const row = await db.apiKey.findUniqueOrThrow({ where });
      if (!isGenuine(row, this.#pepper)) throw keyNotFound(id);
      const data = { ...change, mac: macOf({ ...row, ...change }, this.#pepper) };
      return db.apiKey.update({ where, data });
    });
  }

  /** With its latest use, which is written down only now and then. */
  #shown(key: ApiKey): ApiKey {
    const used = this.#used.get(key.id);
    return used ? { ...key, lastUsedAt: used.at, lastUsedFrom: used.from } : key;
  }
}

function keyNotFound(id: string): GatewayError {
  return new GatewayError("KEY_NOT_FOUND", `There is no API key "${id}".`, { keyId: id });
}

/** Whether a key may be seen and changed by somebody: only if it can do nothing that they cannot. */
function covers(by: Caller, { scopes, instances }: ApiKey): boolean {
  const reaches = by.instances === null || (instances?.every((id) => mayReach(by, id)) ?? false);
  return reaches && scopes.every((scope) => mayDo(by, scope));
}
