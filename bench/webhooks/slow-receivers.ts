import { setTimeout as sleep } from "node:timers/promises";
import type { InstanceId } from "../../src/domain/ids.ts";
import { incoming, INSTANCE, newDataDir, openRoom } from "../../src/webhooks/testing/room.ts";
import type { Room } from "../../src/webhooks/testing/room.ts";
import type { Figure } from "../figures.ts";
import { startReceivers } from "./receivers.ts";

const BENCH = "webhooks: slow receivers beside a healthy one";

/** As many as an instance may have. */
const EACH = 50;

/** One POST's deadline, and the grace within which all must be free again (milliseconds). */
const DEADLINE_MS = 15_000;
const GRACE_MS = 1_000;

/** Events for the healthy one, at this distance (milliseconds): 100 a second. */
const PROBES = 500;
const PROBE_EVERY_MS = 10;

/** A crowd that takes requests and never answers, and what a healthy webhook notices of it. */
export async function slowReceivers(count: number): Promise<readonly Figure[]> {
  await using receivers = await startReceivers();
  using dir = newDataDir();
  await using room = await openRoom(dir.path, { retryDelays: [], drainMs: 0 });
  await room.webhooks.create(INSTANCE, { url: receivers.url });
  const crowds = Array.from({ length: count / EACH }, (_, at) => `crowd-${at}` as InstanceId);
  for (const id of crowds) await addCrowd(room, id, `${receivers.url}/hanging`);

  await probe(room);
  await receivers.report();
  await probe(room);
  const alone = p99((await receivers.report()).latencies);
  await Promise.all(crowds.map((id) => room.events.append(incoming("0 0", "a@lid", id))));
  await probe(room);
  const { latencies, mostHanging } = await receivers.report();
  const crowded = p99(latencies);

  const attempts = () => room.database.read.attempt.findMany({ where: { errorCode: "TIMEOUT" } });
  while ((await attempts()).length < count) await sleep(100);
  const longest = Math.max(...(await attempts()).map(({ durationMs }) => durationMs));
  const most = DEADLINE_MS + GRACE_MS;
  return [
    { bench: BENCH, figure: "held at a time", value: mostHanging, unit: "" },
    {
      bench: BENCH,
      figure: "longest hold",
      value: longest,
      unit: "ms",
      aim: `<= ${most}`,
      met: longest <= most,
    },
    {
      bench: BENCH,
      figure: "p99 of the healthy one",
      value: crowded,
      unit: "ms",
      reference: alone,
      ratio: Number((crowded / Math.max(1, alone)).toFixed(2)),
      aim: "ratio <= 1.5, or 20 ms more",
      met: crowded <= Math.max(alone * 1.5, alone + 20),
    },
  ];
}

async function addCrowd({ database, webhooks }: Room, id: InstanceId, url: string): Promise<void> {
  const data = { id, status: "OPEN", createdAt: new Date() };
  await database.writer.write(({ db }) => db.instance.create({ data }));
  await Promise.all(Array.from({ length: EACH }, () => webhooks.create(id, { url })));
}

async function probe({ events }: Room): Promise<void> {
  for (let at = 0; at < PROBES; at += 1) {
    await events.append(incoming(`${at} ${Date.now()}`, `${at % 50}@lid`));
    await sleep(PROBE_EVERY_MS);
  }
}

function p99(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}
