import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { shareKey } from "../appstate/key-share.ts";
import { SimulatorError } from "../errors.ts";
import type { PhoneHistory } from "../history/phone-history.ts";
import { streamError } from "../login/goodbyes.ts";
import type { Stats } from "../stats.ts";
import type { LinkBy, Pairing } from "./pairing.ts";

/** A client that was asked to connect again does so at once; a slow machine gets its time. */
const LOGIN_TIMEOUT_MS = 30_000;

/** Links clients to accounts: from the scanned code to the first login of the new device. */
export class Linking {
  readonly #pairing: Pairing;
  readonly #history: PhoneHistory;
  readonly #onError: (error: unknown) => void;
  readonly #stats: Stats;
  readonly #loginsAwaited = new Map<Companion, () => void>();

  constructor(
    pairing: Pairing,
    history: PhoneHistory,
    stats: Stats,
    onError: (error: unknown) => void,
  ) {
    this.#history = history;
    this.#onError = onError;
    this.#pairing = pairing;
    this.#stats = stats;
  }

  /**
   * @throws {SimulatorError} BAD_REQUEST or LINK_REFUSED when the phone cannot accept the client,
   * LIMIT_REACHED when the account has too many devices, TIMEOUT when the device does not log in
   */
  async link(account: AccountState, by: LinkBy): Promise<{ device: number }> {
    const { session, advSecret } = await this.#pairing.scan(account, by).catch(refuse);
    const device = account.reserveDevice();
    await session.complete(account, device, advSecret).catch(refuse);
    const companion = account.addCompanion(device, session.keys);
    this.#stats.add("pairings");
    const loggedIn = this.#login(companion);
    session.connection.bye(streamError(515));
    await loggedIn;
    await shareKey(account, companion);
    this.#history.handOver(account, companion).catch(this.#onError);
    return { device };
  }

  onLogin(companion: Companion): void {
    this.#loginsAwaited.get(companion)?.();
  }

  async #login(companion: Companion): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      reject(new SimulatorError("TIMEOUT", "the linked device did not log in"));
    }, LOGIN_TIMEOUT_MS);
    // A client that never comes back must not hold the process open.
    timer.unref();
    this.#loginsAwaited.set(companion, resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#loginsAwaited.delete(companion);
    }
  }
}

function refuse(error: unknown): never {
  if (error instanceof SimulatorError) throw error;
  throw new SimulatorError("LINK_REFUSED", error instanceof Error ? error.message : String(error));
}
