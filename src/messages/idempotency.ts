import { createHash } from "node:crypto";
import { GatewayError } from "../domain/errors.ts";
import type { Reader } from "../store/database.ts";
import type { Tx } from "../store/writer.ts";
import { steadyNow } from "../lib/steady-clock.ts";

/** How long a key is remembered: 24 hours, in milliseconds. */
export const KEY_KEPT_MS = 24 * 60 * 60_000;

const LONGEST_KEY = 255;

/** A caller's key for a send, with a fingerprint of everything that was asked for. */
export interface IdempotentCall {
  readonly instanceId: string;
  readonly operation: string;
  readonly key: string;
  readonly arguments: string;
}

export function idempotentCall(
  instanceId: string,
  operation: string,
  key: string,
  args: readonly unknown[],
): IdempotentCall {
  if (key === "" || key.length > LONGEST_KEY) {
    throw new GatewayError("BAD_INPUT", `An idempotency key has 1 to ${LONGEST_KEY} characters.`);
  }
  const fingerprint = createHash("sha256").update(JSON.stringify(args)).digest("base64url");
  return { instanceId, operation, key, arguments: fingerprint };
}

/** Whose a key is now: this message's, an equal call's before it, or a different call's. */
export type Claimed =
  | { readonly kind: "mine" }
  | { readonly kind: "taken"; readonly uid: string }
  | { readonly kind: "mismatch" };

/**
 * Claims the key for a message in the transaction that stores the message: of any number of equal
 * calls at once exactly one gets it.
 */
export async function claimKey(tx: Tx, call: IdempotentCall, messageUid: string): Promise<Claimed> {
  const { instanceId, operation, key } = call;
  const now = steadyNow();
  await tx.db.$executeRaw`
    DELETE FROM "IdempotencyKey" WHERE "instanceId" = ${instanceId} AND operation = ${operation}
      AND key = ${key} AND "createdAt" < ${now - KEY_KEPT_MS}`;
  const claimed = await tx.db.$executeRaw`
    INSERT INTO "IdempotencyKey" ("instanceId", operation, key, arguments, "messageUid", "createdAt")
    VALUES (${instanceId}, ${operation}, ${key}, ${call.arguments}, ${messageUid}, ${now})
    ON CONFLICT DO NOTHING`;
  if (claimed === 1) return { kind: "mine" };
  const where = { instanceId_operation_key: { instanceId, operation, key } };
  const taken = await tx.db.idempotencyKey.findUniqueOrThrow({ where });
  if (taken.arguments !== call.arguments) return { kind: "mismatch" };
  return { kind: "taken", uid: taken.messageUid };
}

/** Whose a key is already, before anything is done for a call with it; nothing when it is nobody's. */
export async function findKey(
  read: Reader,
  { instanceId, operation, key, arguments: fingerprint }: IdempotentCall,
): Promise<Exclude<Claimed, { kind: "mine" }> | undefined> {
  const where = { instanceId_operation_key: { instanceId, operation, key } };
  const row = await read.idempotencyKey.findUnique({ where });
  if (!row || row.createdAt.getTime() < steadyNow() - KEY_KEPT_MS) return undefined;
  return row.arguments === fingerprint
    ? { kind: "taken", uid: row.messageUid }
    : { kind: "mismatch" };
}

/** Gives a key back in the transaction that claimed it: there was no room for its message. */
export async function releaseKey(
  tx: Tx,
  { instanceId, operation, key }: IdempotentCall,
): Promise<void> {
  await tx.db.idempotencyKey.deleteMany({ where: { instanceId, operation, key } });
}

export function mismatch(key: string): GatewayError {
  return new GatewayError(
    "IDEMPOTENCY_MISMATCH",
    "This idempotency key was used for a different request within the last 24 hours. Use a new key for a new message.",
    { key },
  );
}
