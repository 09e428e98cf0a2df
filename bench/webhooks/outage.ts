import { setTimeout as sleep } from "node:timers/promises";
import { INSTANCE, newDataDir, openRoom } from "../../src/webhooks/testing/room.ts";
import type { Figure } from "../figures.ts";
import { ingest } from "./ingest.ts";
import { watchMemory } from "./memory.ts";
import type { Receivers } from "./receivers.ts";
import { startReceivers } from "./receivers.ts";

const BENCH = "webhooks: a dead endpoint";

/** Probes come more often than in earnest, so that nobody waits five minutes for the end. */
const PACE = { usual: 8, most: 32, patience: 3, firstProbeMs: 5_000, lastProbeMs: 5_000 };

/** A part of the run in which normal is measured: enough to be past every warm-up. */
const NORMAL = 20_000;

/** Everything waits for an endpoint that refuses, which then comes back. */
export async function outage(pending: number): Promise<readonly Figure[]> {
  // First, in a process that has done nothing yet: what went before would count as its memory.
  const dead = await whileDead(pending);
  return figuresOf(dead, await normalRate(), await bareRate());
}

async function whileDead(pending: number) {
  await using receivers = await startReceivers();
  receivers.answer(503);
  using dir = newDataDir();
  await using room = await openRoom(dir.path, { pace: PACE });
  const { webhook } = await room.webhooks.create(INSTANCE, { url: receivers.url });
  using memory = watchMemory();

  const rate = await ingest(room, pending);
  const { refused } = await receivers.report();
  receivers.answer(200);
  await room.webhooks.update(webhook.id, { enabled: false });
  await room.webhooks.update(webhook.id, { enabled: true });
  const back = await drained(receivers, pending);
  return { rate, refused, peakMb: memory.peakMb, ...back };
}

function figuresOf(
  dead: Awaited<ReturnType<typeof whileDead>>,
  normal: number,
  bare: number,
): readonly Figure[] {
  const { rate, refused, peakMb, drain, outOfOrder, duplicates } = dead;
  return [
    {
      ...figure("events logged while it is dead", rate, "1/s"),
      reference: Math.round(normal),
      ratio: Number((rate / normal).toFixed(2)),
      aim: "ratio >= 0.9",
      met: rate / normal >= 0.9,
    },
    // What a row for each event costs, which a webhook needs however its endpoint fares.
    {
      ...figure("the same beside no webhook at all", rate, "1/s"),
      reference: Math.round(bare),
      ratio: Number((rate / bare).toFixed(2)),
    },
    figure("requests it was bothered with", refused, ""),
    {
      ...figure("most memory", peakMb, "MB"),
      aim: "<= 256",
      met: peakMb <= 256,
    },
    { ...figure("deliveries once it is back", drain, "1/s"), aim: ">= 1000", met: drain >= 1_000 },
    { ...figure("delivered twice", duplicates, ""), aim: "<= 0", met: duplicates === 0 },
    { ...figure("out of their chat's order", outOfOrder, ""), aim: "<= 0", met: outOfOrder === 0 },
  ];
}

function figure(name: string, value: number, unit: string): Figure {
  return { bench: BENCH, figure: name, value: Math.round(value), unit };
}

/** The same ingest while all is well: the receiver takes what it gets. */
async function normalRate(): Promise<number> {
  await using receivers = await startReceivers();
  using dir = newDataDir();
  await using room = await openRoom(dir.path, { drainMs: 0 });
  await room.webhooks.create(INSTANCE, { url: receivers.url });
  return await ingest(room, NORMAL);
}

/** The same ingest without any webhook. */
async function bareRate(): Promise<number> {
  using dir = newDataDir();
  await using room = await openRoom(dir.path, { drainMs: 0 });
  return await ingest(room, NORMAL);
}

/** @throws when nothing has come for a minute */
async function drained(receivers: Receivers, wanted: number) {
  let begun: number | undefined;
  let [distinct, changedAt] = [0, performance.now()];
  for (;;) {
    const report = await receivers.report();
    const now = performance.now();
    if (report.distinct > distinct) [distinct, changedAt] = [report.distinct, now];
    if (distinct > 0) begun ??= now;
    if (distinct >= wanted) {
      const seconds = (now - (begun ?? now)) / 1_000;
      const duplicates = report.taken - report.distinct;
      return { drain: wanted / seconds, outOfOrder: report.outOfOrder, duplicates };
    }
    if (now - changedAt > 60_000) throw new Error(`only ${distinct} of ${wanted} were delivered`);
    await sleep(100);
  }
}
