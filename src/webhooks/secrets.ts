import { ownerOf } from "../store/sealed.ts";
import type { Vault } from "../store/vault.ts";

/** The secret before the last rotation, for as long as it signs as well. */
export function sealOldSecret(vault: Vault, id: string, secret: string): Uint8Array<ArrayBuffer> {
  return vault.seal(ownerOf.oldWebhookSecret(id), Buffer.from(secret));
}

/** @throws VaultError */
export function openOldSecret(vault: Vault, id: string, sealed: Uint8Array): string {
  return vault.open(ownerOf.oldWebhookSecret(id), sealed).toString();
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
