import { Wakeups } from "../lib/wakeups.ts";

/** How often a database that could not be written is tried again, in milliseconds. */
const PROBE_EVERY_MS = 1_000;

/** Whether the database can be written. A full disk is no reason to die: reading goes on, and so does writing once there is space. */
export class WriteHealth implements Disposable {
  readonly #probe: () => Promise<unknown>;
  readonly #recovered = new Wakeups();
  #reason: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  /** @param probe writes as much as a burst of messages does, or throws */
  constructor(probe: () => Promise<unknown>) {
    this.#probe = probe;
  }

  /** Why nothing can be written at the moment. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /**
   * Takes note of an error of the database itself; a job's own error says nothing about it. Only the
   * probe takes it back: while small writes get through and large ones do not, connections would
   * come and go once a second.
   */
  failed(error: unknown): void {
    const reason = reasonIn(error);
    if (reason === undefined || this.#disposed) return;
    if (this.#reason === undefined) {
      this.#timer = setInterval(() => void this.#look(), PROBE_EVERY_MS);
    }
    this.#reason = reason;
  }

  /** Resolves as soon as writing works, at once if it does now. */
  async whenWritable(signal: AbortSignal): Promise<void> {
    while (this.#reason !== undefined && !signal.aborted) {
      await this.#recovered.sleep(PROBE_EVERY_MS, signal);
    }
  }

  async #look(): Promise<void> {
    try {
      await this.#probe();
      this.#recover();
    } catch {
      // Still not: the writer has reported it.
    }
  }

  #recover(): void {
    this.#reason = undefined;
    clearInterval(this.#timer);
    this.#recovered.wake();
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#recover();
  }
}

/** What SQLite says when the machine is in its way. Its codes stand in the message or in the cause, depending on the statement. */
function reasonIn(error: unknown): string | undefined {
  const text = error instanceof Error ? `${error.message} ${JSON.stringify(error.cause)}` : "";
  if (/SQLITE_FULL|disk is full/.test(text)) return "is full: nothing can be written";
  if (/SQLITE_IOERR|disk I\/O error/.test(text)) return "has I/O errors: nothing can be written";
  if (/SQLITE_READONLY|readonly database/.test(text)) return "is read-only: nothing can be written";
  return undefined;
}
