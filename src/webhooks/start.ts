import { GatewayError } from "../domain/errors.ts";
import type { LogExtent } from "../events/cursor.ts";
import type { WebhookId } from "../domain/ids.ts";
import type { WebhookBell } from "./bell.ts";
import { STORE_PAUSE_MS } from "./courier.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { DispatcherOptions } from "./dispatcher.ts";
import type { JudgeUrl } from "./draft.ts";
import type { DueDelivery } from "./due.ts";
import { followDeliveries, followReplay, placeNow } from "./follow.ts";
import { findDelivery, readAttempts, readDeliveries, readDeliveriesOf } from "./history.ts";
import { createRegistry } from "./registry.ts";
import {
  findReplay,
  openReplay,
  positionBefore,
  readOpenReplays,
  readReplays,
  replayDeliveries,
  runReplay,
} from "./replay.ts";
import { readStatistics } from "./statistics.ts";
import { stoppable } from "../lib/stoppable.ts";
import { Watchers } from "../lib/watch.ts";
import { pruneDeliveries } from "./retention.ts";
import { failCutTests, sendTest } from "./test-delivery.ts";
import type { Replay, Webhooks } from "./webhooks.ts";
import { steadyNow } from "../lib/steady-clock.ts";

/** How often what has outlived its event is removed (milliseconds). */
const PRUNE_EVERY_MS = 3_600_000;

export interface WebhooksOptions extends Omit<DispatcherOptions, "settled"> {
  /** Rung by the projection. */
  readonly bell: WebhookBell;
  readonly judgeUrl: JudgeUrl;
  /** The position of a cursor; throws what is wrong with it. */
  readonly positionOf: (after: string) => number;
  readonly extent: () => LogExtent;
  /** After the database could not take a page of a replay. */
  readonly storePauseMs?: number;
}

/** Webhooks and their dispatcher, at work until they are disposed. */
export interface RunningWebhooks extends Webhooks, AsyncDisposable {}

/** Takes up what an earlier process left, and delivers from then on. */
export async function startWebhooks(options: WebhooksOptions): Promise<RunningWebhooks> {
  const { database, bell, log, positionOf, extent, cursorAt } = options;
  const { read, writer } = database;
  const now = options.now ?? steadyNow;
  const watchers = new Watchers();
  const dispatcher = new Dispatcher({ ...options, settled: watchers.wake });
  const changed = (id: WebhookId, anew: boolean) => {
    dispatcher.refresh(id, anew);
    watchers.wake([id]);
  };
  const registry = createRegistry({ ...options, now, changed });
  const stopping = new AbortController();
  const tasks = new Set<Promise<unknown>>();

  /** Waited for when all is stopped. A failure is a line in the log, whoever else hears of it. */
  function inBackground(task: Promise<unknown>, failure: string): void {
    const tracked = task
      .catch((err: unknown) => {
        if (!stopping.signal.aborted) log.error(failure, { err });
      })
      .finally(() => tasks.delete(tracked));
    tasks.add(tracked);
  }

  const send = (webhookId: WebhookId, due: DueDelivery) => {
    const sent = dispatcher.sendNow(webhookId, due);
    if (sent) inBackground(sent, "webhook test failed");
    return sent !== undefined;
  };
  const moved = (id: WebhookId) => {
    dispatcher.wake([id]);
    watchers.wake([id]);
  };
  const replaying = {
    writer,
    now,
    moved,
    failed: (err: unknown) => log.error("webhook replay could not go on yet", { err }),
    pauseMs: options.storePauseMs ?? STORE_PAUSE_MS,
  };
  const replays = new Map<WebhookId, Promise<void>>();
  /** After the one before it of the same webhook. */
  const run = (job: Replay) => {
    const before = replays.get(job.webhookId) ?? Promise.resolve();
    const task = before
      .catch(() => undefined)
      .then(() => runReplay(replaying, job, stopping.signal))
      .finally(() => {
        if (replays.get(job.webhookId) === task) replays.delete(job.webhookId);
      });
    replays.set(job.webhookId, task);
    inBackground(task, "webhook replay failed");
  };
  const until = (leave: AbortSignal | undefined, own: AbortSignal) =>
    AbortSignal.any([own, stopping.signal, ...(leave ? [leave] : [])]);
  const prune = () =>
    pruneDeliveries(writer, { oldest: extent().oldest, now: now() }, stopping.signal);
  const pruning = setInterval(
    () => inBackground(prune(), "webhook retention failed"),
    PRUNE_EVERY_MS,
  );

  await failCutTests(writer, now());
  for (const job of await readOpenReplays(read)) run(job);
  bell.answer((ids, gone) => {
    const left = dispatcher.leave(gone);
    dispatcher.arrived(ids);
    watchers.wake([...ids, ...left]);
  });
  await dispatcher.start();

  return {
    ...registry,

    async test(id) {
      const webhook = await registry.get(id);
      return sendTest(webhook, { writer, send, now: now(), cursor: cursorAt(extent().head) });
    },

    async replay(id, what) {
      const { id: webhookId } = await registry.get(id);
      if ("deliveryIds" in what) return replayDeliveries(replaying, webhookId, what.deliveryIds);
      const to = extent().head;
      const after =
        "after" in what ? positionOf(what.after) : await positionBefore(read, what.since, to);
      const opened = await openReplay(replaying, webhookId, { after, to });
      run(opened);
      return opened;
    },

    async replays(id, limit) {
      const { id: webhookId } = await registry.get(id);
      return readReplays(read, webhookId, limit);
    },

    findReplay: (id) => findReplay(read, id),

    followReplay: (id, leave) =>
      stoppable((own) => followReplay(read, id, (of) => watchers.watch(of), until(leave, own))),

    async followDeliveries(id, leave) {
      const { id: webhookId } = await registry.get(id);
      const place = await placeNow(read, webhookId);
      const watch = () => watchers.watch(webhookId);
      return stoppable((own) => followDeliveries(read, webhookId, place, watch, until(leave, own)));
    },

    pausedUntil(id) {
      const at = dispatcher.closedUntil(id);
      return at === undefined ? null : new Date(at);
    },

    statistics: (ids) => readStatistics(read, ids, now()),
    findDelivery: (id) => findDelivery(read, id),
    deliveriesOf: (eventId) => readDeliveriesOf(read, eventId),

    async deliveries(id, query) {
      const webhook = await registry.get(id);
      return readDeliveries(read, webhook.id, query);
    },

    attempts: (deliveryIds) => readAttempts(read, deliveryIds),

    async [Symbol.asyncDispose]() {
      clearInterval(pruning);
      stopping.abort(new GatewayError("UNAVAILABLE", "The gateway is stopping."));
      await dispatcher[Symbol.asyncDispose]();
      await Promise.allSettled(tasks);
    },
  };
}
