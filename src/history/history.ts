import { setTimeout as sleep } from "node:timers/promises";
import { asError, GatewayError } from "../domain/errors.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { HistoryNotice } from "../engine/history.ts";
import type { EventLog } from "../events/event-log.ts";
import type { AccountState } from "../instances/account-state.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import type { Log } from "../lib/log.ts";
import { Queue } from "../lib/queue.ts";
import { Semaphore } from "../lib/semaphore.ts";
import { changeRecord } from "../instances/records.ts";
import type { StorePage } from "./page.ts";
import { progressAfter } from "./progress.ts";

export interface HistoryNeeds {
  readonly events: Pick<EventLog, "append">;
  readonly storePage: StorePage;
  readonly log: Log;
  /** How long to wait before each further try of a download, in milliseconds. */
  readonly againMs?: readonly number[] | undefined;
}

/** What a phone hands over of its past becomes rows, and no events of messages: nobody is to answer them. */
export interface HistoryRoom extends AsyncDisposable {
  /** Stores a part in the background; its inbox row keeps it until all of it is stored. */
  take(account: AccountState, notice: HistoryNotice): void;
}

/** Parts that are read at a time: each may hold a chat of tens of thousands of messages in memory. */
const AT_ONCE = 2;

/** WhatsApp's media hosts have been away for a moment. */
const AGAIN_MS = [1_000, 5_000, 30_000];

/** One part, downloaded twice and stored page by page. In milliseconds. */
const DEADLINE_MS = 15 * 60_000;

/** Parts that are remembered as stored: a new connection tells those that are under way once more. */
const REMEMBERED = 1_000;

export function createHistoryRoom(needs: HistoryNeeds): HistoryRoom {
  const { events, storePage, log, againMs = AGAIN_MS } = needs;
  const places = new Semaphore(AT_ONCE);
  const queues = new Map<InstanceId, Queue>();
  const stored = new BoundedMap<string, true>(REMEMBERED);
  const stopping = new AbortController();
  const underway = new Set<Promise<void>>();

  async function storeAll(account: AccountState, { pages, ...part }: HistoryNotice): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(DEADLINE_MS)]);
    for await (const page of pages(signal)) {
      signal.throwIfAborted();
      await storePage(account, part, page);
    }
  }

  async function storeOrRetry(account: AccountState, notice: HistoryNotice): Promise<void> {
    for (const waitMs of againMs) {
      try {
        return await storeAll(account, notice);
      } catch (error) {
        if (codeOf(error) !== "MEDIA_UNREACHABLE") throw error;
        await sleep(waitMs, undefined, { signal: stopping.signal });
      }
    }
    return storeAll(account, notice);
  }

  async function finish(
    account: AccountState,
    notice: HistoryNotice,
    trouble: string | null,
  ): Promise<void> {
    const { id: instanceId, epoch } = account.record;
    const history = progressAfter(account.record.history, notice);
    const event = { type: "history.sync", progress: history, trouble } as const;
    const draft = { instanceId, epoch, event, occurredAt: new Date(), whileOffline: false };
    // The row is done with the event: after a crash in between the part is stored once more, which changes nothing.
    await events.append({
      ...draft,
      inbox: notice.inbox,
      also: (tx) => changeRecord(tx, account.record, { history }),
    });
    account.adopt({ history });
    stored.set(`${instanceId} ${notice.inbox}`, true);
  }

  async function process(account: AccountState, notice: HistoryNotice): Promise<void> {
    const { id: instance } = account.record;
    if (stored.get(`${instance} ${notice.inbox}`) || account.isGone) return;
    try {
      await storeOrRetry(account, notice);
      await finish(account, notice, null);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const { message } = asError(error);
      log.warn("a part of a phone's history is not stored", { instance, error: message });
      // The others are told again by the next connection.
      if (isHopeless(error)) await finish(account, notice, message);
    }
  }

  return {
    take(account, notice) {
      const { id } = account.record;
      const queue = queues.get(id) ?? new Queue();
      queues.set(id, queue);
      const work = queue.run(async () => {
        const release = await places.acquire(stopping.signal);
        try {
          await process(account, notice);
        } finally {
          release();
        }
      });
      const settled = work.catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error("a history was not stored", { error });
      });
      underway.add(settled);
      void settled.finally(() => underway.delete(settled));
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(underway);
    },
  };
}

/** What no further try would bring. */
function isHopeless(error: unknown): boolean {
  const code = codeOf(error);
  return code === "MEDIA_GONE" || code === "MEDIA_INVALID";
}

function codeOf(error: unknown): string | undefined {
  return error instanceof GatewayError ? error.code : undefined;
}
