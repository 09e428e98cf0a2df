import { PACE_LIMITS } from "../../src/webhooks/pace.ts";
import type { Check, Evidence, Violation } from "../evidence.ts";
import { groupBy } from "../evidence.ts";
import type { Delivery } from "../history.ts";

/** Every event of an instance reached its webhook; again only where a kill cut off the answer; in order per chat. */
export const checkWebhooks: Check = (evidence) => {
  const { history, log } = evidence;
  const taken = history.deliveries.filter(({ status }) => status < 300);
  const byEvent = groupBy(taken, ({ id }) => id);
  const violations: Violation[] = history.unsigned.map((id) => ({
    law: "every delivery is signed",
    what: `the signature of ${id} did not hold`,
  }));
  const missing = log.filter(({ id, instanceId }) => instanceId !== "past" && !byEvent.has(id));
  for (const slice of missing) {
    violations.push({ law: "every event is delivered", what: `${slice.id} was not`, slice });
  }
  const duplicates = [...byEvent.values()].flatMap((deliveries) => repeated(deliveries));
  for (const slice of duplicates.filter(({ afterKill }) => !afterKill)) {
    violations.push({
      law: "one delivery unless killed",
      what: `${slice.delivery.id} twice`,
      slice,
    });
  }
  const worst = worstKill(duplicates);
  if (worst > PACE_LIMITS.most) {
    const what = `${worst} duplicates of one webhook after one kill, ${PACE_LIMITS.most} may be under way`;
    violations.push({ law: "duplicates stay below the concurrency", what });
  }
  violations.push(...reordered(evidence, taken));
  const counts = {
    webhookDeliveries: history.deliveries.length,
    webhooksMissing: missing.length,
    webhookDuplicates: duplicates.length,
    webhookDuplicatesPerKillMax: worst,
  };
  return { counts, violations };
};

interface Repeated {
  readonly delivery: Delivery;
  /** The life of the gateway whose end lost the answer. */
  readonly lostBy: number;
  readonly afterKill: boolean;
}

function repeated(deliveries: readonly Delivery[]): readonly Repeated[] {
  return deliveries.slice(1).map((delivery, at) => {
    const lostBy = deliveries[at]?.generation ?? 0;
    return { delivery, lostBy, afterKill: delivery.generation > lostBy };
  });
}

function worstKill(duplicates: readonly Repeated[]): number {
  const kills = groupBy(duplicates, ({ delivery, lostBy }) => `${lostBy} ${delivery.instanceId}`);
  return Math.max(0, ...Array.from(kills.values(), ({ length }) => length));
}

/** Of two events of a chat, the later one is taken first only if the earlier one is a repetition. */
function reordered({ log }: Evidence, taken: readonly Delivery[]): readonly Violation[] {
  const chats = new Map(log.map(({ id, instanceId, chatId }) => [id, `${instanceId} ${chatId}`]));
  const furthest = new Map<string, Delivery>();
  const seen = new Set<string>();
  return taken.flatMap((delivery) => {
    if (seen.has(delivery.id)) return [];
    seen.add(delivery.id);
    const chat = chats.get(delivery.id) ?? "";
    const before = furthest.get(chat);
    if (!before || before.position < delivery.position) {
      furthest.set(chat, delivery);
      return [];
    }
    const what = `${chat}: ${delivery.position} came after ${before.position}`;
    return [{ law: "webhooks keep the order of a chat", what, slice: [before, delivery] }];
  });
}
