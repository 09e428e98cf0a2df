import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../simulator/index.ts";
import { judge } from "./checks/all.ts";
import { drain } from "./drain.ts";
import type { Verdict } from "./evidence.ts";
import { freePort } from "./free-port.ts";
import { buildGateway, GatewayProcess } from "./gateway-process.ts";
import { emptyHistory, type History } from "./history.ts";
import { type Load, type Pace, startLoad } from "./load.ts";
import { openLogFile } from "./log-file.ts";
import { writePast } from "./past.ts";
import type { Random } from "./random.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { makeWorld } from "./world.ts";

export interface StageOptions {
  readonly random: Random;
  /** Events that are in the log before anything happens. */
  readonly past: number;
  readonly pace: Pace;
  readonly tell: (line: string) => void;
}

/** A gateway with linked instances, everybody who uses it, and a way to find out what became of it all. */
export interface Stage extends AsyncDisposable {
  readonly wa: Simulator;
  readonly gateway: GatewayProcess;
  readonly history: History;
  readonly load: Load;
  readonly receiver: Receiver;
  /** Ends the load, lets everything come to its end, stops the gateway and judges what is left. */
  conclude(): Promise<Verdict & { readonly stopMs: number }>;
}

/** The load is on when it resolves; the gateway is stopped, and to be started by the caller. */
export async function openStage({ random, past, pace, tell }: StageOptions): Promise<Stage> {
  const history = emptyHistory();
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-chaos-"));
  let keep = true;
  stack.defer(() => {
    if (keep) tell(`The database is kept in ${dataDir}`);
    else rmSync(dataDir, { recursive: true, force: true });
  });
  await buildGateway();
  const wa = stack.use(await startSimulator());
  const port = await freePort(random.fork());
  const gateway = stack.use(new GatewayProcess({ port, dataDir, whatsappUrl: wa.url }));
  const generation = () => gateway.generation;
  const receiver: Receiver = stack.use(await startReceiver(history, generation, random.fork()));

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
  const load = startLoad({ gateway, world, history, random: random.fork(), from, pace });
  stack.defer(() => load.stop());

  const owned = stack.move();
  return {
    wa,
    gateway,
    history,
    load,
    receiver,
    async conclude() {
      await load.settle();
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
      keep = verdict.violations.length > 0;
      return { ...verdict, stopMs };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
