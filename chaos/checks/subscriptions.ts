import { matchesPattern } from "../../src/domain/event.ts";
import type { Check, Violation } from "../evidence.ts";
import type { Subscription } from "../history.ts";
import type { LogRow } from "../log-file.ts";

/** Rows around the first difference that are shown. */
const SHOWN = 5;

/** A subscriber that comes back with its cursor has seen the log, filtered: nothing more, nothing less, in order. */
export const checkSubscriptions: Check = ({ history, log }) => {
  const violations: Violation[] = [];
  let connections = 0;
  for (const subscription of history.subscriptions) {
    const { name, seen, refusals } = subscription;
    connections += subscription.connections;
    const wanted = log.filter((row) => wants(subscription, row));
    const length = Math.max(wanted.length, seen.length);
    const first = Array.from({ length }, (_, at) => at).find(
      (at) => wanted[at]?.position !== seen[at]?.position || wanted[at]?.id !== seen[at]?.id,
    );
    if (first !== undefined) {
      const from = Math.max(0, first - SHOWN);
      const slice = {
        log: wanted.slice(from, first + SHOWN).map(({ position, type }) => `${position} ${type}`),
        seen: seen.slice(from, first + SHOWN).map(({ position }) => position),
      };
      const what = `${name} differs from the log at its item ${first} (${seen.length} of ${wanted.length})`;
      violations.push({ law: "no gap, duplicate or reorder for a subscriber", what, slice });
    }
    for (const refusal of refusals) {
      violations.push({ law: "cursors never lie", what: `${name} was refused: ${refusal}` });
    }
  }
  return { counts: { subscriberConnections: connections }, violations };
};

function wants({ from, filter: { types, instanceIds } }: Subscription, row: LogRow): boolean {
  if (row.position <= from) return false;
  if (instanceIds && !instanceIds.includes(row.instanceId)) return false;
  return !types || types.some((pattern) => matchesPattern(pattern, row.type));
}
