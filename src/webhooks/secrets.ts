import { ownerOf } from "../store/sealed.ts";
import type { Vault } from "../store/vault.ts";

/** A secret from before a rotation. */
export interface OldSecret {
  readonly secret: string;
  /** So long it signs as well (milliseconds since 1970). */
  readonly until: number;
}

export function sealOldSecrets(
  vault: Vault,
  id: string,
  secrets: readonly OldSecret[],
): Uint8Array<ArrayBuffer> {
  return vault.seal(ownerOf.oldWebhookSecret(id), Buffer.from(JSON.stringify(secrets)));
}

/**
 * Those that still sign, the oldest first.
 * @throws VaultError
 */
export function openOldSecrets(
  vault: Vault,
  id: string,
  row: { readonly oldSecret: Uint8Array | null; readonly oldSecretUntil: Date | null },
  now: number,
): readonly OldSecret[] {
  const last = row.oldSecretUntil?.getTime() ?? 0;
  if (!row.oldSecret || last <= now) return [];
  const text = vault.open(ownerOf.oldWebhookSecret(id), row.oldSecret).toString();
  // Before there could be several it was the secret itself.
  const secrets = text.startsWith("[")
    ? (JSON.parse(text) as OldSecret[])
    : [{ secret: text, until: last }];
  return secrets.filter(({ until }) => until > now);
}

export function sealSecret(vault: Vault, id: string, secret: string): Uint8Array<ArrayBuffer> {
  return vault.seal(ownerOf.webhookSecret(id), Buffer.from(secret));
}

/** @throws VaultError */
export function openSecret(vault: Vault, id: string, sealed: Uint8Array): string {
  return vault.open(ownerOf.webhookSecret(id), sealed).toString();
}

export function sealHeaders(
  vault: Vault,
  id: string,
  headers: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> | null {
  if (Object.keys(headers).length === 0) return null;
  return vault.seal(ownerOf.webhookHeaders(id), Buffer.from(JSON.stringify(headers)));
}

/** @throws VaultError */
export function openHeaders(
  vault: Vault,
  id: string,
  sealed: Uint8Array | null,
): Readonly<Record<string, string>> {
  if (!sealed) return {};
  return JSON.parse(vault.open(ownerOf.webhookHeaders(id), sealed).toString()) as Record<
    string,
    string
  >;
}
