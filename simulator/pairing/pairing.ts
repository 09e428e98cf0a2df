import type { AccountState } from "../accounts/account-state.ts";
import { SimulatorError } from "../errors.ts";
import { parseDevice } from "../protocol/jid.ts";
import { attributes, type BinaryNode, childNamed, iqResult } from "../protocol/nodes.ts";
import { CodePairing } from "./code-pairing.ts";
import type { PairingSession } from "./pairing-session.ts";
import { parseQrText } from "./qr-text.ts";

/** A client hands out its pairing code a moment before its hello arrives here. */
const HELLO_TIMEOUT_MS = 5_000;

export type LinkBy = { readonly qr: string } | { readonly code: string };

/** What a phone needs to accept a client: the session and the secret they share. */
export interface Accepted {
  readonly session: PairingSession;
  readonly advSecret: Buffer;
}

/** The clients that wait to be linked, by QR reference and by phone number. */
export class Pairing {
  readonly #byRef = new Map<string, PairingSession>();
  readonly #byPhone = new Map<string, CodePairing>();
  readonly #waiting = new Set<() => void>();

  open(session: PairingSession): void {
    for (const ref of session.refs) this.#byRef.set(ref, session);
    session.offerQrCodes();
  }

  close(session: PairingSession): void {
    session.closed();
    for (const ref of session.refs) this.#byRef.delete(ref);
    for (const [phone, attempt] of this.#byPhone) {
      if (attempt.session !== session) continue;
      attempt.closed();
      this.#byPhone.delete(phone);
    }
  }

  /** Handles what a client says before it is linked. */
  accept(session: PairingSession, node: BinaryNode): void {
    if (childNamed(node, "pair-device-sign") !== undefined) return session.signed();
    if (node.tag !== "iq" || node.attrs["type"] === "result") return;
    const registration = childNamed(node, "link_code_companion_reg");
    if (registration === undefined) return session.connection.send(iqResult(node));
    const phone = parseDevice(registration.attrs["jid"])?.phone;
    if (phone === undefined) throw new Error("pairing by code without a phone number");
    if (registration.attrs["stage"] === "companion_finish") {
      session.connection.send(iqResult(node));
      this.#byPhone.get(phone)?.finish(registration);
      return;
    }
    const attempt = new CodePairing(session, registration);
    this.#byPhone.get(phone)?.closed();
    this.#byPhone.set(phone, attempt);
    session.connection.send(helloAnswer(node, attempt));
    for (const wake of this.#waiting) wake();
  }

  /**
   * The person scans the QR code or enters the pairing code.
   * @throws {SimulatorError} BAD_REQUEST for a text that is no QR code, LINK_REFUSED when no client
   * shows it any more or the pairing code is wrong
   */
  async scan(account: AccountState, by: LinkBy): Promise<Accepted> {
    if ("code" in by) {
      const attempt = await this.#attemptFor(account.phone);
      return { session: attempt.session, advSecret: await attempt.enterCode(account, by.code) };
    }
    const { ref, identity, advSecret } = parseQrText(by.qr);
    const session = this.#byRef.get(ref);
    if (session === undefined || !identity.equals(session.keys.bundle.identity)) {
      throw new SimulatorError("LINK_REFUSED", "no client shows this QR code");
    }
    return { session, advSecret };
  }

  async #attemptFor(phone: string): Promise<CodePairing> {
    const deadline = AbortSignal.timeout(HELLO_TIMEOUT_MS);
    for (;;) {
      const attempt = this.#byPhone.get(phone);
      if (attempt !== undefined) return attempt;
      if (deadline.aborted) {
        throw new SimulatorError("LINK_REFUSED", `no client wants to be linked to ${phone}`);
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = () => resolve();
      this.#waiting.add(wake);
      deadline.addEventListener("abort", wake, { once: true });
      await promise;
      this.#waiting.delete(wake);
    }
  }
}

function helloAnswer(node: BinaryNode, attempt: CodePairing): BinaryNode {
  const ref = { tag: "link_code_pairing_ref", attrs: {}, content: attempt.ref };
  const attrs = attributes({ stage: "companion_hello" });
  return iqResult(node, [{ tag: "link_code_companion_reg", attrs, content: [ref] }]);
}
