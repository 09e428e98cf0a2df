import type { StepName } from "../src/domain/steps.ts";
import type { Verdict } from "./evidence.ts";
import type { StartTimes } from "./gateway-process.ts";
import type { Death } from "./history.ts";
import { type Pace, USUAL_PACE } from "./load.ts";
import { planKills } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { openStage } from "./stage.ts";

export interface CampaignOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly points: readonly StepName[];
  /** Events that are in the log before it begins. */
  readonly past: number;
  /** After the last kill the callers go on until so many sends were answered. */
  readonly sends: number;
  /** How much there is to do; the usual when left out. */
  readonly pace?: Pace;
  readonly tell: (line: string) => void;
}

export interface CampaignReport extends Verdict {
  readonly deaths: readonly Death[];
  /** The starts after kills. */
  readonly starts: readonly StartTimes[];
  /** Stanzas that came twice at WhatsApp under one id, and were absorbed there. */
  readonly absorbed: number;
  readonly stopMs: number;
  /** The last lines of the gateway's log. */
  readonly lines: readonly string[];
}

/** A point that is not reached within this time under load is given up, and the gateway killed (milliseconds). */
const POINT_MS = 10_000;

/** Runs a gateway under load, kills it again and again, and holds what everybody saw against what is left. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { seed, past, tell } = options;
  const random = seededRandom(seed);
  const kills = planKills(random.fork(), options);
  await using stage = await openStage({ random, past, pace: options.pace ?? USUAL_PACE, tell });
  const { gateway, history, load, wa, receiver } = stage;

  const asking: Promise<void>[] = [];
  for (const [round, planned] of kills.entries()) {
    const serves = await gateway.start(planned);
    if (serves) asking.push(load.callers.askAgain());
    await gateway.death(planned.kind === "point" ? POINT_MS : planned.afterMs + POINT_MS);
    const asPlanned = !gateway.isRunning;
    await gateway.kill();
    await receiver.heardOut();
    history.deaths.push({ generation: gateway.generation, planned, asPlanned });
    if ((round + 1) % 10 === 0) tell(`${round + 1} of ${kills.length} kills`);
  }
  await gateway.start();
  await Promise.all(asking);
  await load.callers.reach(options.sends);
  const verdict = await stage.conclude();
  const { deaths } = history;
  const absorbed = wa.stats["duplicates"] ?? 0;
  return { ...verdict, deaths, starts: gateway.starts, absorbed, lines: gateway.lines };
}
