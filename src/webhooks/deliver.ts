import type { EventId } from "../domain/ids.ts";
import type { Step } from "../domain/steps.ts";
import type { MakeBody } from "./body.ts";
import type { DueDelivery } from "./due.ts";
import type { Endpoint } from "./endpoint.ts";
import { judge } from "./outcome.ts";
import type { Verdict } from "./outcome.ts";
import type { AttemptRecord, Posted } from "./post.ts";
import { retryDelay } from "./schedule.ts";
import type { Random } from "./schedule.ts";
import type { Settlement } from "./settle.ts";

/** How long the later events of a chat wait for one that fails (milliseconds). */
export const ORDER_WAIT_MS = 300_000;

export interface DeliverParts {
  post(
    endpoint: Endpoint,
    message: { readonly id: EventId; readonly body: string },
    signal: AbortSignal,
  ): Promise<Posted>;
  readonly bodyOf: MakeBody;
  settle(settlement: Settlement): Promise<void>;
  now(): number;
  readonly random: Random;
  readonly orderWaitMs: number;
  readonly step?: Step | undefined;
}

export interface Delivered {
  readonly verdict: Verdict;
  /** When its delivery changes by the clock: the next try, or the end of its lane's wait. */
  readonly dueAt: number | undefined;
}

/**
 * Tries one delivery and writes down how it went.
 * @throws the reason of `signal`, or that the result could not be stored; the delivery is then still pending.
 */
export async function deliver(
  parts: DeliverParts,
  endpoint: Endpoint,
  due: DueDelivery,
  signal: AbortSignal,
): Promise<Delivered> {
  using made = due.event && (await parts.bodyOf(due.event, endpoint, signal));
  const body = due.payload ?? made?.text;
  if (body === undefined) return await abandon(parts, endpoint, due);
  const { attempt, retryAfter } = await parts.post(endpoint, { id: due.eventId, body }, signal);
  parts.step?.("webhook-answered");
  const now = parts.now();
  const verdict = judge({ ...attempt, retryAfter }, now);
  const settlement = settlementOf({ ...parts, endpoint, due, attempt, verdict, at: now });
  await parts.settle(settlement);
  const times = [settlement.nextAt, settlement.holdsUntil].filter((at) => at !== null);
  return { verdict, dueAt: times.length > 0 ? Math.min(...times) : undefined };
}

function settlementOf(try_: {
  readonly endpoint: Endpoint;
  readonly due: DueDelivery;
  readonly attempt: AttemptRecord;
  readonly verdict: ReturnType<typeof judge>;
  readonly at: number;
  readonly random: Random;
  readonly orderWaitMs: number;
}): Settlement {
  const { endpoint, due, attempt, verdict, at, random, orderWaitMs } = try_;
  const held = due.holdsUntil?.getTime();
  const late = held !== undefined && held <= at;
  const whose = { deliveryId: due.id, webhookId: endpoint.id };
  const end = { ...whose, attempt, nextAt: null, holdsUntil: null, late, doneAt: at };
  if (verdict.kind === "delivered") return { ...end, state: "DELIVERED" };
  if (verdict.kind === "gone" || due.payload !== null) return { ...end, state: "FAILED" };
  const { retryDelays } = endpoint;
  const delay = retryDelay(due.tries + 1, verdict.retryAfterMs, random, retryDelays);
  if (delay === undefined) return { ...end, state: "FAILED" };
  const holdsUntil = endpoint.ordering === "PER_CHAT" ? (held ?? attempt.at + orderWaitMs) : null;
  return { ...end, state: "PENDING", nextAt: at + delay, holdsUntil, doneAt: null };
}

/** Its event has left the log: there is nothing to send any more. */
async function abandon(
  parts: DeliverParts,
  endpoint: Endpoint,
  due: DueDelivery,
): Promise<Delivered> {
  const at = parts.now();
  const none = { dnsMs: null, connectMs: null, firstByteMs: null, status: null, response: null };
  await parts.settle({
    deliveryId: due.id,
    webhookId: endpoint.id,
    state: "FAILED",
    nextAt: null,
    holdsUntil: null,
    late: false,
    doneAt: at,
    attempt: {
      ...none,
      at,
      durationMs: 0,
      errorCode: "EVENT_EXPIRED",
      error: "The event was removed by retention before it could be delivered.",
    },
  });
  return { verdict: { kind: "skipped" }, dueAt: undefined };
}
