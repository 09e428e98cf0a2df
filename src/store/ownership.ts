import { GatewayError } from "../domain/errors.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Tx } from "./writer.ts";

/** Whoever writes for an instance, and under which ownership it believes to hold it. */
export interface Claim {
  readonly instanceId: InstanceId;
  readonly epoch: number;
}

/**
 * Which claims no longer hold: the instance was taken over by another process or deleted. Asked
 * inside the transaction that writes, so that an owner that lost an instance can write nothing for it.
 */
export async function staleClaims(
  tx: Tx,
  claims: readonly Claim[],
): Promise<(claim: Claim) => boolean> {
  if (claims.length === 0) return () => false;
  const pairs = JSON.stringify(claims.map(({ instanceId, epoch }) => [instanceId, epoch]));
  const stale = await tx.db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT c.value AS name FROM json_each(${pairs}) AS c
    WHERE NOT EXISTS (
      SELECT 1 FROM "Instance" AS i WHERE i.id = c.value->>0 AND i.epoch = c.value->>1
    )`;
  const names = new Set(stale.map(({ name }) => name));
  return ({ instanceId, epoch }) => names.has(JSON.stringify([instanceId, epoch]));
}

export function ownershipLost(): GatewayError {
  return new GatewayError(
    "OWNERSHIP_LOST",
    "This instance belongs to another process by now, or was deleted.",
  );
}
