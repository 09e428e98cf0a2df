import { SimulatorError } from "../errors.ts";

export const FAULT_KINDS = [
  "drop",
  "silence",
  "slow",
  "ackError",
  "queryError",
  "syncError",
  "badFrame",
  "conflict",
  "streamError",
  "refuseUpgrade",
  "noDelivery",
  "loseReceipts",
  "undecryptable",
  "mediaError",
  "mediaStall",
  "mediaDamage",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** The account whose gateway (or phone) is hit; everyone when left out. */
  readonly phone?: string;
  readonly code?: number;
  readonly ms?: number;
  readonly count?: number;
}

interface Standing {
  readonly fault: Fault;
  remaining: number;
  readonly until: number;
}

/** More standing faults than this are a mistake in a test's loop. */
const MAX_STANDING = 1_000;

/** Faults that wait for their occasion: the next acks, receipts, upgrades, messages or logins. */
export class Faults {
  #standing: Standing[] = [];

  /** @throws {SimulatorError} LIMIT_REACHED */
  add(fault: Fault): void {
    this.#standing = this.#standing.filter(isAlive);
    if (this.#standing.length >= MAX_STANDING) {
      throw new SimulatorError("LIMIT_REACHED", `${MAX_STANDING} faults are standing already`);
    }
    this.#standing.push({
      fault,
      remaining: fault.count ?? defaultCount(fault.kind),
      until: hasDeadline(fault) ? Date.now() + (fault.ms ?? Infinity) : Infinity,
    });
  }

  /** Uses up one occasion of a fault that hits one of these accounts. */
  take(kind: FaultKind, ...phones: readonly string[]): Fault | undefined {
    const hit = this.#find(kind, phones);
    if (hit !== undefined) hit.remaining -= 1;
    return hit?.fault;
  }

  /** Milliseconds of silence left for an account, 0 when there is none, `Infinity` without an end. */
  silenceLeftMs(phone: string): number {
    const hit = this.#find("silence", [phone]);
    return hit === undefined ? 0 : hit.until - Date.now();
  }

  delayMs(phone: string): number {
    return this.#find("slow", [phone])?.fault.ms ?? 0;
  }

  clear(): void {
    this.#standing = [];
  }

  #find(kind: FaultKind, phones: readonly string[]): Standing | undefined {
    return this.#standing.find(
      (standing) =>
        standing.fault.kind === kind &&
        isAlive(standing) &&
        (standing.fault.phone === undefined ||
          // Who wants to connect is known only after the upgrade.
          kind === "refuseUpgrade" ||
          phones.includes(standing.fault.phone)),
    );
  }
}

function isAlive(standing: Standing): boolean {
  return standing.remaining > 0 && standing.until > Date.now();
}

const HAPPENS_ONCE: ReadonlySet<FaultKind> = new Set([
  "ackError",
  "queryError",
  "syncError",
  "undecryptable",
  "refuseUpgrade",
]);

/** What counts occasions happens once unless told otherwise; what is a condition lasts until cleared. */
function defaultCount(kind: FaultKind): number {
  return HAPPENS_ONCE.has(kind) ? 1 : Infinity;
}

/** `ms` of `slow` is the delay of each answer; everywhere else it is how long the fault lasts. */
function hasDeadline(fault: Fault): boolean {
  return fault.kind !== "slow" && fault.ms !== undefined;
}
