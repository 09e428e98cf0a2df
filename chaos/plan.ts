import type { StepName } from "../src/domain/steps.ts";
import type { Random } from "./random.ts";

/** How one life of the gateway ends. */
export type Kill =
  /** By its own hand, when it passes a named moment for the n-th time. */
  | { readonly kind: "point"; readonly step: StepName; readonly passage: number }
  /** From outside, so many milliseconds after its start (it may not serve yet). */
  | { readonly kind: "time"; readonly afterMs: number };

/** Late enough, now and then, for the work of a start to be over and load to have built up. */
const MOST_PASSAGES = 12;

/** From the middle of a start to well within the load, in milliseconds. */
const AT_RANDOM_MS = { least: 250, most: 3_000 };

/** Kills at random times for each named point: they find the moments that nobody has named. */
const TIMES_PER_POINT = 0.5;

/** One cycle kills at each of the points once, in an order of its own, and then at random times. */
export function planKills(
  random: Random,
  { rounds, points }: { readonly rounds: number; readonly points: readonly StepName[] },
): readonly Kill[] {
  const kills: Kill[] = [];
  while (kills.length < rounds) {
    for (const step of random.shuffled(points)) {
      kills.push({ kind: "point", step, passage: random.between(1, MOST_PASSAGES) });
    }
    for (let times = Math.ceil(points.length * TIMES_PER_POINT); times > 0; times -= 1) {
      const afterMs = random.between(AT_RANDOM_MS.least, AT_RANDOM_MS.most);
      kills.push({ kind: "time", afterMs });
    }
  }
  return kills.slice(0, rounds);
}
