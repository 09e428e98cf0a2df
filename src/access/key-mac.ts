import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRow } from "./key-rows.ts";

/** Everything that decides what a key opens. */
type Power = Pick<
  KeyRow,
  | "id"
  | "name"
  | "hash"
  | "oldHash"
  | "oldUntil"
  | "scopes"
  | "instances"
  | "cidrs"
  | "ratePerMinute"
  | "expiresAt"
  | "revokedAt"
>;

/** Ties a row to the secret of this database: whoever can only write to the file cannot make one that holds. */
export function macOf(row: Power, pepper: Uint8Array): Buffer<ArrayBuffer> {
  const { id, name, scopes, instances, cidrs, ratePerMinute } = row;
  const bytes = [row.hash, row.oldHash].map((hash) => hash && Buffer.from(hash).toString("hex"));
  const times = [row.oldUntil, row.expiresAt, row.revokedAt].map((at) => at && at.getTime());
  const what = [id, name, scopes, instances, cidrs, ratePerMinute, ...bytes, ...times];
  return createHmac("sha256", pepper).update("row").update(JSON.stringify(what)).digest();
}

export function isGenuine(row: KeyRow, pepper: Uint8Array): boolean {
  const mac = macOf(row, pepper);
  return row.mac?.length === mac.length && timingSafeEqual(row.mac, mac);
}
