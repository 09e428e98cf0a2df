import type { EventId } from "../domain/ids.ts";
import type { Step } from "../domain/steps.ts";
import type { Body, MakeBody } from "./body.ts";
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
  /** Told why a body could not be made. */
  failed(error: unknown): void;
  settle(settlement: Settlement): Promise<void>;
  now(): number;
  /** The time of the world, by which receivers name times. */
  wallClock(): number;
  readonly random: Random;
  readonly orderWaitMs: number;
  readonly step?: Step | undefined;
}

export interface Delivered {
  readonly verdict: Verdict;
  /** When its delivery changes by the clock: the next try, or the end of its lane's wait. */
  readonly dueAt: number | undefined;
  /** The others of its lane wait for it. */
  readonly holds: boolean;
  /** Of the POST, in milliseconds. */
  readonly tookMs: number;
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
  const startedAt = parts.now();
  const sent = await send(parts, endpoint, due, signal);
  if (!sent) return abandon(parts, endpoint, due);
  const { attempt, retryAfter, made } = sent;
  if (made) parts.step?.("webhook-answered");
  const verdict = judge({ ...attempt, retryAfter }, parts.wallClock());
  const times = { startedAt, at: parts.now() };
  const settlement = settlementOf({ ...parts, ...times, endpoint, due, attempt, verdict });
  await parts.settle(settlement);
  const changes = [settlement.nextAt, settlement.holdsUntil].filter((at) => at !== null);
  return {
    verdict: made ? verdict : { kind: "skipped" },
    dueAt: changes.length > 0 ? Math.min(...changes) : undefined,
    holds: settlement.holdsUntil !== null,
    tookMs: attempt.durationMs,
  };
}

interface Sent extends Posted {
  /** Whether there was a body to post; without one nothing is known about the endpoint. */
  readonly made: boolean;
}

/** Makes the body and posts it; undefined when its event is gone. */
async function send(
  { bodyOf, post, failed, wallClock }: DeliverParts,
  endpoint: Endpoint,
  due: DueDelivery,
  signal: AbortSignal,
): Promise<Sent | undefined> {
  let body: Body | null;
  try {
    body = due.event && (await bodyOf(due.event, endpoint, signal));
  } catch (error) {
    signal.throwIfAborted();
    failed(error);
    const words = "The gateway could not make its body; its log says why.";
    const attempt = { ...UNSENT, at: wallClock(), errorCode: "INTERNAL", error: words };
    return { attempt, retryAfter: null, made: false };
  }
  using held = body;
  const text = due.payload ?? held?.text;
  if (text === undefined) return undefined;
  return { ...(await post(endpoint, { id: due.eventId, body: text }, signal)), made: true };
}

/** What a try took that came to nothing before it was sent. */
const UNSENT = {
  durationMs: 0,
  dnsMs: null,
  connectMs: null,
  firstByteMs: null,
  status: null,
  response: null,
};

function settlementOf(try_: {
  readonly endpoint: Endpoint;
  readonly due: DueDelivery;
  readonly attempt: AttemptRecord;
  readonly verdict: ReturnType<typeof judge>;
  readonly startedAt: number;
  readonly at: number;
  readonly random: Random;
  readonly orderWaitMs: number;
}): Settlement {
  const { endpoint, due, attempt, verdict, startedAt, at, random, orderWaitMs } = try_;
  const { late } = due;
  const whose = { deliveryId: due.id, webhookId: endpoint.id, counts: true };
  const end = { ...whose, attempt, nextAt: null, holdsUntil: null, late, doneAt: at };
  if (verdict.kind === "delivered") return { ...end, state: "DELIVERED" };
  if (due.payload !== null) return { ...end, state: "FAILED" };
  const inLane = endpoint.ordering === "PER_CHAT" && !late;
  const held = due.holdsUntil?.getTime() ?? startedAt + orderWaitMs;
  const waits = {
    ...end,
    state: "PENDING",
    holdsUntil: inLane ? held : null,
    doneAt: null,
  } as const;
  // A probe before its time is the endpoint's, and takes none of the tries of what it was made with.
  const plannedAt = due.nextAt?.getTime() ?? 0;
  if (plannedAt > startedAt) return { ...waits, nextAt: plannedAt, counts: false };
  const { retryDelays } = endpoint;
  // 410 ends the webhook and not its deliveries: enabled again, it gets them.
  const wish = verdict.kind === "retry" ? verdict.retryAfterMs : undefined;
  const delay = retryDelay(due.tries + 1, wish, random, retryDelays);
  if (delay === undefined) return { ...end, state: "FAILED" };
  return { ...waits, nextAt: at + delay };
}

/** Its event has left the log: there is nothing to send any more. */
async function abandon(
  parts: DeliverParts,
  endpoint: Endpoint,
  due: DueDelivery,
): Promise<Delivered> {
  const at = parts.now();
  await parts.settle({
    deliveryId: due.id,
    webhookId: endpoint.id,
    state: "FAILED",
    nextAt: null,
    holdsUntil: null,
    late: false,
    counts: true,
    doneAt: at,
    attempt: {
      ...UNSENT,
      at,
      errorCode: "EVENT_EXPIRED",
      error: "The event was removed by retention before it could be delivered.",
    },
  });
  return { verdict: { kind: "skipped" }, dueAt: undefined, holds: false, tookMs: 0 };
}
