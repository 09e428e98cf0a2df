import { instanceNotFound } from "../domain/errors.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Instance, Pacing, PairingCode, Qr, Restriction } from "../domain/instance.ts";
import type { SettingsChange } from "../domain/settings.ts";
import { phoneDigits } from "../domain/address.ts";
import type { Connection } from "../engine/engine.ts";
import type { EventLog } from "../events/event-log.ts";
import { stoppable } from "../lib/stoppable.ts";
import type { Database } from "../store/database.ts";
import type { Tx } from "../store/writer.ts";
import type { AccountNeeds } from "./account-needs.ts";
import { Account } from "./account.ts";
import { freshRecord } from "./fresh-record.ts";
import type { InstancePage, Instances } from "./instances.ts";
import { alreadyLinked, waitForPairingCode, waitForQr } from "./linking.ts";
import { deleteRecord, insertRecord, sealProxy, takeOverAll } from "./records.ts";
import type { InstanceRecord } from "./records.ts";
import { checkProxy } from "./check-proxy.ts";
import { checkSettings } from "./check-settings.ts";
import { badPhone, checkPacing, exists, unknownCursor } from "./refusals.ts";

export interface RegistryNeeds extends Omit<AccountNeeds, "write" | "events" | "health"> {
  readonly database: Database;
  readonly events: EventLog;
  /** @throws GatewayError INVALID_ADDRESS for a literal address that may not be reached */
  readonly judgeHost: (host: string) => void;
  /** Lets go of what others hold for an account that is about to be deleted. */
  readonly onDelete: (id: InstanceId) => Promise<void>;
}

/** How many instances connect at the same time after a start: each costs a handshake and a login. */
const STARTING_AT_ONCE = 16;

/** How long a pairing code may take to come, in milliseconds: a connection, a QR code, two round trips. */
const PAIRING_WAIT_MS = 20_000;

/** How often a follower of an instance looks again although nothing woke it, in milliseconds. */
const QUIET_MS = 60_000;

/** Owns every account of this gateway. Nothing else holds a connection. */
export class Registry implements Instances, AsyncDisposable {
  readonly #needs: RegistryNeeds;
  readonly #accounts = new Map<InstanceId, Account>();
  #resuming: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(needs: RegistryNeeds) {
    this.#needs = needs;
  }

  /** Takes over what the last process left. */
  async load(): Promise<void> {
    const records = await takeOverAll(this.#needs.database);
    for (const record of records) this.#add(record);
  }

  /** Says what the last process could not say any more, and brings its instances back, a few at a time. */
  async resume(): Promise<void> {
    const records = [...this.#accounts.values()].map(({ state }) => state.record);
    const wasOpen = records.filter(({ status }) => status === "OPEN");
    await Promise.all(wasOpen.map(({ id }) => this.#account(id).mourn()));
    const waiting = records.filter(({ status }) => status !== "STOPPED" && status !== "LOGGED_OUT");
    this.#resuming = this.#connectAll(waiting.map(({ id }) => id));
  }

  async create<T>(
    input: { readonly id?: string | null; readonly name?: string | null },
    also: (tx: Tx, id: InstanceId) => Promise<T>,
  ): Promise<{ readonly instance: Instance; readonly also: T }> {
    const record = freshRecord(input.id ?? null, input.name ?? null);
    const { id } = record;
    const result = await this.#needs.database.writer.write(async (tx) => {
      if (!(await insertRecord(tx, record))) return undefined;
      const extra = await also(tx, id);
      const { createdAt: occurredAt, epoch } = record;
      const event = { type: "instance.created" } as const;
      await this.#needs.events.appendWithin(tx, [
        { instanceId: id, event, occurredAt, whileOffline: false, epoch },
      ]);
      return { extra };
    });
    if (!result) throw exists(id);
    return { instance: await this.adopt(record), also: result.extra };
  }

  /** Takes care of an instance that was stored just now, and connects it. */
  async adopt(record: InstanceRecord): Promise<Instance> {
    const account = this.#add(record);
    await account.turn.run(() => account.connect());
    return account.state.snapshot;
  }

  get(id: string): Promise<Instance> {
    return Promise.resolve().then(() => this.#account(id).state.snapshot);
  }

  find(id: string): Promise<Instance | undefined> {
    return Promise.resolve(this.#accounts.get(id as InstanceId)?.state.snapshot);
  }

  list({
    first,
    after,
  }: {
    readonly first: number;
    readonly after?: string | null;
  }): Promise<InstancePage> {
    const all = [...this.#accounts.values()];
    const from = after ? all.findIndex(({ state }) => state.record.id === after) + 1 : 0;
    if (after && from === 0) return Promise.reject(unknownCursor());
    const instances = all.slice(from, from + first).map(({ state }) => state.snapshot);
    return Promise.resolve({ instances, hasNextPage: all.length > from + first });
  }

  start(id: string): Promise<Instance> {
    return this.#act(id, (account) => account.connect());
  }

  stop(id: string): Promise<Instance> {
    return this.#act(id, (account) => account.stop());
  }

  restart(id: string): Promise<Instance> {
    return this.#act(id, async (account) => {
      await account.disconnect("RESTARTED_BY_USER");
      await account.connect();
    });
  }

  logOut(id: string): Promise<Instance> {
    return this.#act(id, (account) => account.logOut());
  }

  rename(id: string, name: string | null): Promise<Instance> {
    return this.#act(id, (account) => account.state.become({ name }));
  }

  setPacing(id: string, pacing: Pacing | null): Promise<Instance> {
    if (pacing) checkPacing(pacing);
    return this.#act(id, async ({ state }) => {
      await state.become({ pacing });
      this.#needs.onSendable(state.record.id);
    });
  }

  async changeSettings(id: string, change: SettingsChange): Promise<Instance> {
    const { proxy: wished, ...rest } = change;
    const checked = checkSettings(rest);
    const { judgeHost, database } = this.#needs;
    const url = wished && checkProxy(wished, judgeHost);
    return this.#act(id, (account) => {
      const proxy = url ? sealProxy(database.vault, account.state.record.id, url) : null;
      return account.changeSettings(checked, wished === undefined ? undefined : proxy);
    });
  }

  async restrict(
    id: InstanceId,
    about: Restriction["kind"],
    restriction: Restriction | null,
  ): Promise<void> {
    await this.#accounts.get(id)?.restrict(about, restriction);
  }

  async reconnect(id: InstanceId): Promise<void> {
    await this.#accounts.get(id)?.replace("TIMED_OUT");
  }

  async delete(id: string): Promise<void> {
    const account = this.#account(id);
    const { record } = account.state;
    await account.turn.run(async () => {
      if (account.state.isGone) throw instanceNotFound(id);
      // Silently: the events of this instance are about to go with it.
      await account.disconnect("GATEWAY_STOPPED", true);
      await this.#needs.onDelete(record.id);
      const event = { type: "instance.deleted" } as const;
      const draft = { instanceId: record.id, event, occurredAt: new Date(), whileOffline: false };
      await deleteRecord(this.#needs.database, record.id, async (tx) => {
        await this.#needs.events.appendWithin(tx, [{ ...draft, epoch: null }]);
      });
      this.#needs.events.forgetRecent();
      // Its id is free since the commit, and may have been taken again.
      if (this.#accounts.get(record.id) === account) this.#accounts.delete(record.id);
      account.state.bury();
    });
  }

  async qr(id: string, waitMs: number, signal?: AbortSignal): Promise<Qr> {
    const account = this.#account(id);
    await this.#beginLinking(account);
    return waitForQr(account.state, waitMs, signal);
  }

  async pairingCode(id: string, phone: string): Promise<PairingCode> {
    const account = this.#account(id);
    const digits = phoneDigits(phone);
    if (digits === undefined) throw badPhone(phone);
    await this.#beginLinking(account);
    await waitForQr(account.state, PAIRING_WAIT_MS);
    await account.linkingConnection?.requestPairingCode(digits);
    return waitForPairingCode(account.state, PAIRING_WAIT_MS);
  }

  follow(id: string): AsyncGenerator<Instance, void, undefined> {
    const account = this.#account(id);
    return stoppable((signal) => this.#follow(account, signal));
  }

  connection(id: InstanceId): Connection | undefined {
    return this.#accounts.get(id)?.openConnection;
  }

  /** The URL of the proxy that an instance connects through. */
  proxyOf(id: string): string | null {
    return this.#accounts.get(id as InstanceId)?.state.record.proxy?.url ?? null;
  }

  /** What is needed to send for an instance that this process owns. */
  sending(id: InstanceId) {
    const account = this.#accounts.get(id);
    if (!account) return undefined;
    const { epoch, pacing } = account.state.record;
    return { connection: account.openConnection, epoch, pacing };
  }

  /** Closes every connection. What was open stays marked so, and is told of at the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await this.#disconnectAll();
    await this.#resuming;
    // Those that began to connect in between.
    await this.#disconnectAll();
  }

  async #disconnectAll(): Promise<void> {
    await Promise.all(
      [...this.#accounts.values()].map((each) => each.disconnect("GATEWAY_STOPPED")),
    );
  }

  async *#follow(
    { state }: Account,
    signal: AbortSignal,
  ): AsyncGenerator<Instance, void, undefined> {
    const isOver = () => signal.aborted || state.isGone;
    let shown = -1;
    while (!isOver()) {
      if (shown === state.version) {
        await state.changed(QUIET_MS, signal);
      } else {
        shown = state.version;
        yield state.snapshot;
      }
    }
  }

  async #beginLinking(account: Account): Promise<void> {
    if (account.state.isLinked) throw alreadyLinked(account.state);
    await account.turn.run(() => account.connect());
  }

  /** One thing at a time with one account: a stop does not meet a start half-way. */
  async #act(id: string, work: (account: Account) => Promise<void>): Promise<Instance> {
    const account = this.#account(id);
    await account.turn.run(() => {
      if (account.state.isGone) throw instanceNotFound(id);
      return work(account);
    });
    return account.state.snapshot;
  }

  #account(id: string): Account {
    const account = this.#accounts.get(id as InstanceId);
    if (!account) throw instanceNotFound(id);
    return account;
  }

  #add(record: InstanceRecord): Account {
    const { database } = this.#needs;
    const { health } = database;
    const write = (job: (tx: Tx) => Promise<void>) => database.writer.write(job);
    const account = new Account({ ...this.#needs, write, health }, record);
    this.#accounts.set(record.id, account);
    return account;
  }

  async #connectAll(ids: InstanceId[]): Promise<void> {
    const connectNext = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined && !this.#stopped; id = ids.shift()) {
        const account = this.#accounts.get(id);
        if (!account) continue;
        await account.turn.run(() => account.resume());
        await account.settled();
      }
    };
    await Promise.all(Array.from({ length: STARTING_AT_ONCE }, connectNext));
  }
}
