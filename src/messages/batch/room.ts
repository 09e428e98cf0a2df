import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { InstanceId } from "../../domain/ids.ts";
import type { Instances } from "../../instances/instances.ts";
import { newId } from "../../lib/ids.ts";
import type { Log } from "../../lib/log.ts";
import { stoppable } from "../../lib/stoppable.ts";
import { Watchers } from "../../lib/watch.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Database } from "../../store/database.ts";
import type { Convert } from "../content/ffmpeg.ts";
import { createStaging } from "../content/staging.ts";
import type { RecordWithin } from "../outcomes.ts";
import type { Recipients } from "../recipients.ts";
import type { Attachments } from "../content/attachment.ts";
import type { Batch, Batches } from "./batch.ts";
import { cancelBatch, pauseBatch, resumeBatch } from "./change.ts";
import { createBatch } from "./create.ts";
import { followBatch } from "./follow.ts";
import { handOver } from "./hand-over.ts";
import { findBatch, listBatches, listRecipients, readProgress } from "./rows.ts";
import { runBatch } from "./run.ts";
import { Tasks } from "./tasks.ts";

export interface BatchRoomNeeds {
  readonly database: Database;
  readonly dataDir: string;
  readonly download: Outbound["download"];
  readonly request: Outbound["request"];
  readonly attachments: Attachments;
  readonly convert: Convert;
  readonly recipients: Recipients;
  readonly recordWithin: RecordWithin;
  readonly linkFile: (uid: string, from: string) => Promise<string>;
  readonly discardFile: (uid: string) => Promise<void>;
  /** Messages of this account were put into its queue. */
  readonly queued: (id: InstanceId) => void;
  readonly log: Log;
}

/** Batches, at work once they are started and until they are disposed. */
export interface BatchRoom extends Batches, AsyncDisposable {
  /** Takes up what an earlier process left. */
  start(): Promise<void>;
  /** Stops those of an account that is about to be deleted. */
  forget(id: InstanceId): Promise<void>;
}

export function createBatchRoom(
  needs: BatchRoomNeeds,
  instances: Pick<Instances, "get">,
): BatchRoom {
  const { database, recordWithin, discardFile, log } = needs;
  const { read } = database;
  const folder = join(needs.dataDir, "batches");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const staging = createStaging(folder, needs.download);
  const watchers = new Watchers();
  const tasks = new Tasks();
  const handing = { ...needs, instance: (id: InstanceId) => instances.get(id) };
  const parts = {
    database,
    handOver: (row: Parameters<typeof handOver>[1], limit: number) => handOver(handing, row, limit),
    moved(row: { readonly id: string; readonly instanceId: string }) {
      needs.queued(row.instanceId as InstanceId);
      watchers.wake([row.id]);
    },
    failed: (err: unknown) => log.error("a batch could not go on yet", { err }),
  };
  const openIds = async (where: object): Promise<string[]> => {
    const rows = await read.batch.findMany({ where, select: { id: true } });
    return rows.map(({ id }) => id);
  };
  const run = (id: string) =>
    tasks.start(id, async (signal) => {
      await runBatch(parts, id, signal);
      const batch = await findBatch(read, id);
      if (!batch || batch.doneAt) await staging.discard(id);
    });
  async function changed(batch: Batch): Promise<Batch> {
    watchers.wake([batch.id]);
    if (batch.state === "RUNNING") run(batch.id);
    else await tasks.stop(batch.id);
    return batch;
  }

  return {
    create: createBatch({
      ...needs,
      instances,
      stage: staging.stage,
      discardFile: staging.discard,
      run,
    }),
    pause: async (id) => changed(await pauseBatch(database, id)),
    resume: async (id) => changed(await resumeBatch(database, id)),
    async cancel(id) {
      const { batch, uids } = await cancelBatch(database, recordWithin, id);
      await changed(batch);
      await Promise.all([staging.discard(id), ...uids.map(discardFile)]);
      return batch;
    },
    find: (id) => findBatch(read, id),
    async list(instanceId, page) {
      const { id } = await instances.get(instanceId);
      return listBatches(read, id, page);
    },
    recipients: (id, page) => listRecipients(read, id, page),
    progress: (batch) => readProgress(read, batch),
    follow: (id, leave) =>
      stoppable((own) => {
        const signal = leave ? AbortSignal.any([own, leave]) : own;
        return followBatch(read, id, (of) => watchers.watch(of), signal);
      }),
    async start() {
      for (const id of await openIds({ state: "RUNNING" })) run(id);
      await staging
        .sweep(`bat_${newId()}`, async (names) => {
          const open = { id: { in: [...names] }, doneAt: null };
          return new Set(await openIds(open));
        })
        .catch((err: unknown) => log.warn("files of an earlier run could not be removed", { err }));
    },
    async forget(instanceId) {
      const ids = await openIds({ instanceId, doneAt: null });
      await Promise.all(ids.map((id) => tasks.stop(id)));
      await Promise.all(ids.map((id) => staging.discard(id)));
    },
    [Symbol.asyncDispose]: () => tasks[Symbol.asyncDispose](),
  };
}
