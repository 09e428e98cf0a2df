import { type Address, bareJid, isPn, phoneDigits, phoneOf } from "../domain/address.ts";
import type { ContactCheck } from "../domain/contact-check.ts";
import { GatewayError } from "../domain/errors.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import { Semaphore } from "../lib/semaphore.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Reached } from "./people-connection.ts";

/** More would keep a caller waiting for minutes. */
const MOST_INPUTS = 1_000;

/** Numbers in one question. WhatsApp names no limit; so few are answered well within the time that an answer has. */
const CHUNK = 100;

/** Answers that are kept for all accounts, as who has a number is the same for all; some 200 bytes each. */
const KEPT = 20_000;

/** People seldom change their number. */
const FOUND_MS = 24 * 60 * 60_000;

/** Who was told that somebody is not on WhatsApp soon asks again. */
const MISSING_MS = 10 * 60_000;

/** The connection of an account; one object for as long as it lasts. */
type Asked = Pick<Reached, "check">;

interface Known {
  readonly address: Address | null;
  readonly until: number;
}

/** Finds out who has which number, asking WhatsApp only where it has not said so lately. */
export class ContactChecks {
  readonly #known = new BoundedMap<string, Known>(KEPT);
  readonly #turns = new WeakMap<Asked, Semaphore>();
  readonly #now: () => number;

  constructor(now: () => number = steadyNow) {
    this.#now = now;
  }

  /** @throws GatewayError BAD_INPUT for none or too many, and as `PeopleCalls` says */
  async check(inputs: readonly string[], connection: Asked): Promise<readonly ContactCheck[]> {
    if (inputs.length === 0 || inputs.length > MOST_INPUTS) {
      const message = `Name from 1 to ${MOST_INPUTS} numbers in one call, not ${inputs.length}.`;
      throw new GatewayError("BAD_INPUT", message, { argument: "phones" });
    }
    const asked = inputs.map((input) => ({ input, phone: phoneIn(input) }));
    const phones = new Set(asked.flatMap(({ phone }) => phone ?? []));
    const answers = new Map<string, Address | null>();
    const unknown: string[] = [];
    for (const phone of phones) {
      const known = this.#find(phone);
      if (known === undefined) unknown.push(phone);
      else answers.set(phone, known.address);
    }
    for (let at = 0; at < unknown.length; at += CHUNK) {
      const told = await this.#ask(unknown.slice(at, at + CHUNK), connection);
      for (const [phone, address] of told) answers.set(phone, address);
    }
    return asked.map(({ input, phone }) => ({
      input,
      isNumber: phone !== undefined,
      address: (phone !== undefined && answers.get(phone)) || null,
    }));
  }

  /** One question at a time for each account: WhatsApp slows down who asks it much at once. */
  async #ask(
    phones: readonly string[],
    connection: Asked,
  ): Promise<readonly (readonly [string, Address | null])[]> {
    const turns = this.#turns.get(connection) ?? new Semaphore(1);
    this.#turns.set(connection, turns);
    const release = await turns.acquire(new AbortController().signal);
    try {
      // Whoever was first may have asked about the same.
      const unknown = phones.filter((phone) => this.#find(phone) === undefined);
      const found = unknown.length > 0 ? await connection.check(unknown) : undefined;
      for (const phone of unknown) this.#keep(phone, found?.get(phone) ?? null);
      return phones.map((phone) => [phone, this.#find(phone)?.address ?? null]);
    } finally {
      release();
    }
  }

  #find(phone: string): Known | undefined {
    const known = this.#known.get(phone);
    if (known === undefined || known.until > this.#now()) return known;
    this.#known.delete(phone);
    return undefined;
  }

  #keep(phone: string, address: Address | null): void {
    const until = this.#now() + (address === null ? MISSING_MS : FOUND_MS);
    this.#known.set(phone, { address, until });
  }
}

function phoneIn(input: string): string | undefined {
  const text = input.trim();
  if (!text.includes("@")) return phoneDigits(text);
  const jid = bareJid(text);
  return isPn(jid) ? phoneDigits(phoneOf(jid)) : undefined;
}
