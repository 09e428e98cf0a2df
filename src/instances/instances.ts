import type { InstanceId } from "../domain/ids.ts";
import type { Instance, Pacing, PairingCode, Qr, Restriction } from "../domain/instance.ts";
import type { SettingsChange } from "../domain/settings.ts";
import type { Connection } from "../engine/engine.ts";
import type { Tx } from "../store/writer.ts";

export type { Connection };

/** The accounts of this gateway: who exists, in which state, and the one connection of each. */
export interface Instances {
  /**
   * Creates an instance and begins to connect. `also` runs in the same transaction, so that what
   * comes with an instance (its webhook) is there before its first event.
   * @throws GatewayError INSTANCE_EXISTS, BAD_INPUT (id)
   */
  create<T>(
    input: { readonly id?: string | null; readonly name?: string | null },
    also: (tx: Tx, id: InstanceId) => Promise<T>,
  ): Promise<{ readonly instance: Instance; readonly also: T }>;
  /** @throws GatewayError INSTANCE_NOT_FOUND */
  get(id: string): Promise<Instance>;
  find(id: string): Promise<Instance | undefined>;
  /** In order of creation, after the given instance. */
  list(page: { readonly first: number; readonly after?: string | null }): Promise<InstancePage>;
  /** Connects a stopped instance; nothing happens to one that runs. */
  start(id: string): Promise<Instance>;
  /** Disconnects and stays down; the link is kept. */
  stop(id: string): Promise<Instance>;
  /** A fresh connection, at once. */
  restart(id: string): Promise<Instance>;
  /** Unlinks the device at WhatsApp and forgets its credentials; messages are kept. */
  logOut(id: string): Promise<Instance>;
  /** Logs out where WhatsApp is reachable, then removes the session and all data. */
  delete(id: string): Promise<void>;
  /** Null lets it send as fast as it can. @throws GatewayError BAD_INPUT */
  setPacing(id: string, pacing: Pacing | null): Promise<Instance>;
  /**
   * Changes what is named. What it does by itself changes at once, how it connects with its next connection.
   * @throws GatewayError INSTANCE_NOT_FOUND, BAD_INPUT, INVALID_ADDRESS
   */
  changeSettings(id: string, change: SettingsChange): Promise<Instance>;
  /** WhatsApp restricts the account, or has lifted a restriction; each is told once. */
  restrict(
    id: InstanceId,
    about: Restriction["kind"],
    restriction: Restriction | null,
  ): Promise<void>;
  /** Makes a new connection in place of one that looks open and answers nothing. */
  reconnect(id: InstanceId): Promise<void>;
  rename(id: string, name: string | null): Promise<Instance>;
  /**
   * The QR code to scan, waiting for one if need be; linking starts again where the last code ran out.
   * @throws GatewayError ALREADY_CONNECTED, QR_UNAVAILABLE (with the reason)
   */
  qr(id: string, waitMs: number, signal?: AbortSignal): Promise<Qr>;
  /** @throws GatewayError ALREADY_CONNECTED, QR_UNAVAILABLE, BAD_INPUT (phone) */
  pairingCode(id: string, phone: string): Promise<PairingCode>;
  /** The instance now and after every change, until it is deleted or the reader leaves. */
  follow(id: string): AsyncGenerator<Instance, void, undefined>;
  /** The connection of an OPEN instance that this process owns. */
  connection(id: InstanceId): Connection | undefined;
}

export interface InstancePage {
  readonly instances: readonly Instance[];
  readonly hasNextPage: boolean;
}
