import type { Restriction } from "../../../domain/instance.ts";
import type { BaileysEventMap } from "../library.ts";

type TimeLock = NonNullable<BaileysEventMap["connection.update"]["reachoutTimeLock"]>;
type Capping = BaileysEventMap["message-capping.update"];

/** WhatsApp's notification that an account may not write to new people for a time; null when it is lifted. */
export function restrictionOfTimeLock(lock: TimeLock, now: Date): Restriction | null {
  if (!lock.isActive) return null;
  return {
    kind: "REACHOUT_TIMELOCK",
    whatsappCode: null,
    message: `WhatsApp does not let this account write to new people for now (${lock.enforcementType ?? "no reason given"}).`,
    since: now,
    until: lock.timeEnforcementEnds ?? null,
  };
}

/** WhatsApp's count of the new conversations of a cycle; null while some are left, nothing when it does not say. */
export function restrictionOfCapping(cap: Capping, now: Date): Restriction | null | undefined {
  const { total_quota: total, used_quota: used, cycle_end_timestamp: end } = cap;
  if (total === undefined || used === undefined) return undefined;
  if (used < total) return null;
  const seconds = Number(end);
  return {
    kind: "MESSAGE_CAPPING",
    whatsappCode: null,
    message: `This account has used its ${total} new conversations of this cycle.`,
    since: now,
    until: seconds > 0 ? new Date(seconds * 1_000) : null,
  };
}
