import { SimulatorError } from "../errors.ts";
import { type Addressing, type DeviceAddress, parseDevice } from "../protocol/jid.ts";
import { AccountState } from "./account-state.ts";
import type { Companion } from "./companion.ts";

/** An account costs about 30 KB before it does anything; 20,000 stay within what a laptop spares. */
const MAX_ACCOUNTS = 20_000;

/** Every phone number that has WhatsApp here. */
export class Accounts {
  readonly #byPhone = new Map<string, AccountState>();
  readonly #onOverflow: () => void;

  constructor(onOverflow: () => void) {
    this.#onOverflow = onOverflow;
  }

  /** @throws {SimulatorError} LIMIT_REACHED */
  create(phone: string, name: string, addressing: Addressing): AccountState {
    if (this.#byPhone.size >= MAX_ACCOUNTS) {
      throw new SimulatorError("LIMIT_REACHED", `there are ${MAX_ACCOUNTS} accounts already`);
    }
    const account = new AccountState(phone, name, addressing, this.#onOverflow);
    this.#byPhone.set(phone, account);
    return account;
  }

  find(phone: string): AccountState | undefined {
    return this.#byPhone.get(phone);
  }

  /** @throws {SimulatorError} ACCOUNT_NOT_FOUND */
  get(phone: string): AccountState {
    const account = this.find(phone);
    if (account === undefined) {
      throw new SimulatorError("ACCOUNT_NOT_FOUND", `${phone} has no account here`);
    }
    return account;
  }

  all(): Iterable<AccountState> {
    return this.#byPhone.values();
  }

  companion(address: DeviceAddress): Companion | undefined {
    return this.find(address.phone)?.companion(address.device);
  }

  /** The account a user's JID names, in either addressing and whatever the device. */
  byJid(jid: string | undefined): AccountState | undefined {
    const address = parseDevice(jid);
    return address === undefined ? undefined : this.find(address.phone);
  }

  close(): void {
    for (const account of this.#byPhone.values()) account.handset.signal.close();
  }
}
