import { GatewayError } from "../domain/errors.ts";
import type { EventDraft, GatewayEvent } from "../domain/event.ts";
import type { Instance, PairingCode, Qr, Reconnecting } from "../domain/instance.ts";
import { shownProxy } from "../domain/proxy.ts";
import type { EventLog } from "../events/event-log.ts";
import type { Log } from "../lib/log.ts";
import { Wakeups } from "../lib/wakeups.ts";
import type { Tx } from "../store/writer.ts";
import type { InstanceRecord, RecordChange } from "./records.ts";
import { changeRecord } from "./records.ts";

export interface StateNeeds {
  readonly events: Pick<EventLog, "append">;
  readonly write: (job: (tx: Tx) => Promise<void>) => Promise<void>;
  readonly log: Log;
}

/** How often a wait for a change looks again by itself, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/** Some hours of attempts, one every few minutes. */
const OWED_LIMIT = 200;

interface Owed {
  readonly draft: EventDraft;
  readonly change: RecordChange;
  readonly also: ((tx: Tx) => Promise<void>) | undefined;
}

/** What an account is at this moment: shown at once, written in order, told as events. */
export class AccountState {
  readonly #needs: StateNeeds;
  readonly #changes = new Wakeups();
  #record: InstanceRecord;
  #qr: Qr | null = null;
  #pairingCode: PairingCode | null = null;
  #reconnecting: Reconnecting | null = null;
  #version = 0;
  #gone = false;
  #writes: Promise<unknown> = Promise.resolve();
  /** How connections opened and closed while nothing could be written; one outage is two of them. */
  readonly #owed: Owed[] = [];

  constructor(needs: StateNeeds, record: InstanceRecord) {
    this.#needs = needs;
    this.#record = record;
  }

  get record(): InstanceRecord {
    return this.#record;
  }

  get snapshot(): Instance {
    const { epoch: _, proxy, settings, ...kept } = this.#record;
    return {
      ...kept,
      settings: { ...settings, proxy: proxy && shownProxy(proxy.url) },
      qr: this.#qr,
      pairingCode: this.#pairingCode,
      reconnecting: this.#reconnecting,
    };
  }

  /** Rises with every change that a snapshot shows. */
  get version(): number {
    return this.#version;
  }

  /** Whether the instance was deleted. */
  get isGone(): boolean {
    return this.#gone;
  }

  get isLinked(): boolean {
    return this.#record.linkedAt !== null;
  }

  showQr(qr: Qr): void {
    this.#qr = qr;
  }

  showPairingCode(code: PairingCode): void {
    this.#pairingCode = code;
  }

  hideLinking(): void {
    this.#qr = null;
    this.#pairingCode = null;
  }

  showReconnecting(reconnecting: Reconnecting | null): void {
    this.#reconnecting = reconnecting;
    this.#changed();
  }

  /** Shows the change at once and writes it with its event in one transaction. */
  async become(
    change: RecordChange,
    event?: GatewayEvent,
    also?: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const record = { ...this.#record, ...change };
    this.#record = record;
    this.#changed();
    const write = async (tx: Tx) => {
      await changeRecord(tx, record, change);
      await also?.(tx);
    };
    if (!event) return this.#needs.write(write);
    const { id: instanceId, epoch } = record;
    const draft = { instanceId, event, occurredAt: new Date(), whileOffline: false, epoch };
    try {
      await this.#needs.events.append({ ...draft, also: write });
    } catch (error) {
      if (event.type.startsWith("connection.")) this.#owed.push({ draft, change, also });
      // An opening and its end: what is left still tells of one after the other.
      if (this.#owed.length > OWED_LIMIT) this.#owed.splice(0, 2);
      throw error;
    }
  }

  /** Shows what somebody else has written. */
  adopt(change: RecordChange): void {
    this.#record = { ...this.#record, ...change };
    this.#changed();
  }

  /** Tells what a full disk did not let us tell. @throws GatewayError STORE_FAILED */
  async catchUp(): Promise<void> {
    for (let [owed] = this.#owed; owed; [owed] = this.#owed) {
      const { draft, change, also } = owed;
      // The record as it is by now: it may have changed again since.
      const names = Object.keys(change) as (keyof RecordChange)[];
      const now = Object.fromEntries(names.map((name) => [name, this.#record[name]]));
      const write = async (tx: Tx) => {
        await changeRecord(tx, this.#record, now);
        await also?.(tx);
      };
      await this.#needs.events.append({ ...draft, also: write });
      this.#owed.shift();
    }
  }

  /** Keeps a write that nobody awaits, so that a stop can wait for it and a failure is told. */
  track(write: Promise<unknown>): void {
    const settled = write.catch((error: unknown) => {
      const code = error instanceof GatewayError ? error.code : "INTERNAL";
      this.#needs.log.error("a fact could not be stored", { code, err: error });
    });
    // Of its own value nothing may be left: each would hold the ones before it.
    this.#writes = Promise.all([this.#writes, settled]).then(() => undefined);
  }

  /** Resolves once what was tracked is written. */
  async written(): Promise<void> {
    await this.#writes;
  }

  bury(): void {
    this.#gone = true;
    this.#changed();
  }

  /** Sleeps until the next change or the abort, and for no longer than this. */
  changed(timeoutMs: number = LOOK_AGAIN_MS, signal?: AbortSignal): Promise<void> {
    return this.#changes.sleep(timeoutMs, signal ?? NEVER);
  }

  #changed(): void {
    this.#version += 1;
    this.#changes.wake();
  }
}

const NEVER = new AbortController().signal;
