import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { atMost, type Figure, printFigures } from "../bench/figures.ts";
import { CALLERS } from "./callers.ts";
import { wholeNumber } from "./options.ts";
import { seededRandom } from "./random.ts";
import { openStage } from "./stage.ts";
import { type Point, slope } from "./statistics.ts";

/** Each sample collects all garbage first, some 50 ms. */
const SAMPLE_EVERY_MS = 5_000;

/**
 * Of the samples of this many milliseconds the least counts: what is alive whatever is under way. A sample
 * that meets a page being read, or a connection being made again, would tell of the work and not of a leak.
 */
const LEAST_OF_MS = 60_000;

/**
 * What is not measured yet, as a share of the time and at least in milliseconds: code is compiled, and caches
 * fill up to their bounds (the newest events, numbers that were looked up, query plans). What is kept for an
 * hour (how often a message was asked for again) is full after that hour: two hours show the slope by itself.
 */
const WARM_UP = { share: 0.55, leastMs: 10 * 60_000 };

/**
 * Between two moments at which all connections to WhatsApp are cut, in milliseconds. Longer than a
 * connection needs to count as stable: else the backoff would grow as it should, and the queue with it.
 */
const CUT_EVERY_MS = { least: 150_000, most: 240_000 };

/** By how much the memory may grow: a leak of a byte per event would show as more. */
const GROWTH_AIM = 1;

const MB = 2 ** 20;
const tell = (line: string) => void process.stderr.write(`${line}\n`);

/** A gateway under steady load for a long time: nothing may be lost, and its memory stays flat. */
async function soak(args: readonly string[]): Promise<boolean> {
  const options = {
    minutes: { type: "string" },
    // Messages in per second; a sixth as many are sent. What the gateway cannot keep up with waits in its
    // memory as it should, and would look like a leak.
    rate: { type: "string" },
    seed: { type: "string" },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const minutes = wholeNumber("minutes", values.minutes, 30);
  const rate = Math.max(1, wholeNumber("rate", values.rate, 20));
  const random = seededRandom(wholeNumber("seed", values.seed, Date.now() % 1_000_000));
  const pace = { writesEveryMs: 1_000 / rate, sendsEveryMs: (CALLERS * 6_000) / rate };
  await using stage = await openStage({ random, past: 0, pace, tell });
  const { gateway, wa } = stage;
  await gateway.start();

  const began = Date.now();
  const hours = () => (Date.now() - began) / 3_600_000;
  const samples: Point[] = [];
  let [tellAt, most] = [0, 0];
  let cutAt = Date.now() + random.between(CUT_EVERY_MS.least, CUT_EVERY_MS.most);
  while (hours() * 60 < minutes) {
    await sleep(SAMPLE_EVERY_MS);
    const memory = await gateway.memory();
    most = Math.max(most, memory?.rss ?? 0);
    if (memory) samples.push({ x: hours(), y: (memory.heapUsed + memory.external) / MB });
    if (memory && hours() * 60 >= tellAt) {
      tellAt += 1;
      const { rss, heapUsed, heapTotal, external } = memory;
      const parts = [rss, heapTotal, heapUsed, external].map((bytes) => Math.round(bytes / MB));
      tell(
        `${Math.round(hours() * 60)} min: RSS ${parts[0]} MB (heap ${parts[1]}, of it in use ${parts[2]}, outside ${parts[3]})`,
      );
    }
    if (Date.now() < cutAt) continue;
    wa.fault({ kind: "drop" });
    cutAt = Date.now() + random.between(CUT_EVERY_MS.least, CUT_EVERY_MS.most);
  }
  const { counts, violations, stopMs } = await stage.conclude();
  const growth = slope(leastOfEach(samples.filter(({ x }) => x >= warmUpHours(minutes))));
  const rounded = Math.round(growth * 100) / 100;
  printFigures([
    ...Object.entries(counts).map(([name, value]) => figure(name, value, "count")),
    figure("violations", violations.length, "count", atMost(0, violations.length)),
    figure("memory of the process, at most", Math.round(most / MB), "MB"),
    figure("of it alive at the end", Math.round(samples.at(-1)?.y ?? 0), "MB"),
    figure("growth of what is alive", rounded, "MB/h", atMost(GROWTH_AIM, rounded)),
    figure("stop", Math.round(stopMs), "ms"),
  ]);
  for (const { law, what } of violations.slice(0, 5)) tell(`VIOLATION of "${law}": ${what}`);
  return violations.length === 0;
}

function leastOfEach(samples: readonly Point[]): readonly Point[] {
  const spans = Map.groupBy(samples, ({ x }) => Math.floor((x * 3_600_000) / LEAST_OF_MS));
  return [...spans.values()].map((span) => span.reduce((a, b) => (b.y < a.y ? b : a)));
}

/** A short run is no measurement; it shows that the harness works. */
function warmUpHours(minutes: number): number {
  const share = (minutes / 60) * WARM_UP.share;
  const least = WARM_UP.leastMs / 3_600_000;
  return least < (minutes / 60) * 0.7 ? Math.max(share, least) : share;
}

function figure(name: string, value: number, unit: string, aim = {}): Figure {
  return { bench: "soak", figure: name, value, unit, ...aim };
}

try {
  if (!(await soak(process.argv.slice(2)))) process.exitCode = 1;
} catch (error) {
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// Baileys' Signal code, on which the simulated phones run, leaves timers behind.
process.exit();
