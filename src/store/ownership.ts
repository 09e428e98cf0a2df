import { GatewayError } from "../domain/errors.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Tx } from "./writer.ts";

/** Whoever writes for an instance, and under which ownership it believes to hold it. */
export interface Claim {
  readonly instanceId: InstanceId;
  readonly epoch: number;
}

/**
 * The claims that no longer hold: the instance was taken over by another process or deleted. Asked
 * inside the transaction that writes, so that an owner that lost an instance can write nothing for it.
 */
export async function staleClaims(
  tx: Tx,
  claims: readonly Claim[],
): Promise<ReadonlySet<InstanceId>> {
  if (claims.length === 0) return new Set();
  const pairs = JSON.stringify(claims.map(({ instanceId, epoch }) => [instanceId, epoch]));
  const stale = await tx.db.$queryRaw<{ id: InstanceId }[]>`
    SELECT DISTINCT json_extract(c.value, '$[0]') AS id FROM json_each(${pairs}) AS c
    WHERE NOT EXISTS (
      SELECT 1 FROM "Instance" AS i
      WHERE i.id = json_extract(c.value, '$[0]') AND i.epoch = json_extract(c.value, '$[1]')
    )`;
  return new Set(stale.map((row) => row.id));
}

export function ownershipLost(): GatewayError {
  return new GatewayError(
    "OWNERSHIP_LOST",
    "This instance belongs to another process by now, or was deleted.",
  );
}
