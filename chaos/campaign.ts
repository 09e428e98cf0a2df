import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../simulator/index.ts";
import type { StepName } from "../src/domain/steps.ts";
import { judge } from "./checks/all.ts";
import { drain } from "./drain.ts";
import type { Verdict } from "./evidence.ts";
import { freePort } from "./free-port.ts";
import { GatewayProcess, type StartTimes } from "./gateway-process.ts";
import type { Death } from "./history.ts";
import { emptyHistory } from "./history.ts";
import { startLoad } from "./load.ts";
import { openLogFile } from "./log-file.ts";
import { writePast } from "./past.ts";
import { planKills } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { startReceiver } from "./receiver.ts";
import { makeWorld } from "./world.ts";

export interface CampaignOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly points: readonly StepName[];
  /** Events that are in the log before it begins. */
  readonly past: number;
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
  const history = emptyHistory();
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-chaos-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const wa = stack.use(await startSimulator());
  const port = await freePort(random.fork());
  const gateway = stack.use(new GatewayProcess({ port, dataDir, whatsappUrl: wa.url }));
  const generation = () => gateway.generation;
  const receiver = stack.use(await startReceiver(history, generation, random.fork()));

  await gateway.start();
  if (past > 0) {
    await gateway.stop();
    tell(`writing ${past} events of the past`);
    writePast(dataDir, past);
    await gateway.start();
  }
  const file = stack.use(openLogFile(dataDir));
  const from = file.end();
  const world = await makeWorld(wa, gateway, receiver);
  await gateway.stop();
  gateway.starts.length = 0;
  const load = startLoad({ gateway, world, history, random: random.fork(), from });
  stack.defer(() => load.stop());

  const asking: Promise<void>[] = [];
  for (const [round, planned] of kills.entries()) {
    const serves = await gateway.start(planned);
    if (serves) asking.push(load.callers.askAgain());
    await gateway.death(planned.kind === "point" ? POINT_MS : planned.afterMs + POINT_MS);
    const asPlanned = !gateway.isRunning;
    await gateway.kill();
    history.deaths.push({ generation: gateway.generation, planned, asPlanned });
    if ((round + 1) % 10 === 0) tell(`${round + 1} of ${kills.length} kills`);
  }

  await gateway.start();
  await Promise.all([load.settle(), ...asking]);
  const unfinished = await drain(file, history);
  await load.stop();
  const stopMs = await gateway.stop();
  const verdict = judge({
    history,
    log: file.eventsAfter(from.position),
    sent: file.sent(),
    phones: new Map(world.contacts.map(({ phone, received }) => [phone, received])),
    integrity: file.integrity(),
    unfinished,
  });
  const { deaths } = history;
  const absorbed = wa.stats["duplicates"] ?? 0;
  return { ...verdict, deaths, starts: gateway.starts, absorbed, stopMs, lines: gateway.lines };
}
