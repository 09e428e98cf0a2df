import { GatewayError, instanceNotFound } from "../domain/errors.ts";
import type { PairingCode, Qr } from "../domain/instance.ts";
import type { AccountState } from "./account-state.ts";
import { steadyNow } from "../lib/steady-clock.ts";

/**
 * Waits for a QR code that can still be scanned.
 * @throws GatewayError ALREADY_CONNECTED, QR_UNAVAILABLE with the reason
 */
export async function waitForQr(
  account: AccountState,
  waitMs: number,
  signal?: AbortSignal,
): Promise<Qr> {
  const found = await waitFor(account, waitMs, signal, ({ qr }) =>
    qr && qr.expiresAt.getTime() > Date.now() ? qr : undefined,
  );
  return found ?? unavailable(account, "QR code");
}

/** @throws GatewayError as `waitForQr` */
export async function waitForPairingCode(
  account: AccountState,
  waitMs: number,
): Promise<PairingCode> {
  const found = await waitFor(
    account,
    waitMs,
    undefined,
    ({ pairingCode }) => pairingCode ?? undefined,
  );
  return found ?? unavailable(account, "pairing code");
}

async function waitFor<T>(
  account: AccountState,
  waitMs: number,
  signal: AbortSignal | undefined,
  pick: (snapshot: AccountState["snapshot"]) => T | undefined,
): Promise<T | undefined> {
  const deadline = steadyNow() + waitMs;
  for (;;) {
    const { snapshot } = account;
    const found = pick(snapshot);
    if (found !== undefined) return found;
    const left = deadline - steadyNow();
    const over = ["OPEN", "STOPPED", "LOGGED_OUT"].includes(snapshot.status);
    if (over || left <= 0 || signal?.aborted) return undefined;
    await account.changed(left, signal);
  }
}

function unavailable(account: AccountState, what: string): never {
  const { id, status, lastDisconnect } = account.snapshot;
  if (account.isLinked) throw alreadyLinked(account);
  if (account.isGone) throw instanceNotFound(id);
  const reason = lastDisconnect
    ? `${lastDisconnect.reason}: ${lastDisconnect.message}`
    : "WhatsApp has not answered yet";
  throw new GatewayError(
    "QR_UNAVAILABLE",
    `There is no ${what} for "${id}" yet (${reason}). Try again in a moment.`,
    { instanceId: id, status, reason: lastDisconnect?.reason ?? null },
  );
}

export function alreadyLinked(account: AccountState): GatewayError {
  const { id, phoneNumber, status } = account.snapshot;
  return new GatewayError(
    "ALREADY_CONNECTED",
    `"${id}" is linked to ${phoneNumber ?? "a phone"} already. Log it out first to link it to another phone.`,
    { instanceId: id, status, phoneNumber },
  );
}
