import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { bundle } from "../scripts/generators/bundle.ts";
import type { Kill } from "./plan.ts";
import { startProber } from "./prober.ts";

/** Bundled, as `npm start` has it: how long a start takes is one of the figures. */
const BUILT = "node_modules/.cache/chaos";
const CHILD = fileURLToPath(new URL(`../${BUILT}/gateway-child.mjs`, import.meta.url));

/** To be awaited before the first start. */
export const buildGateway = () => bundle({ "gateway-child": "chaos/gateway-child.ts" }, BUILT);

/** As `npm start` has it, whose starts and whose memory these are to be like. */
const RUNTIME = new URL("../bin/runtime.mjs", import.meta.url).href;
const FLAGS = ["--max-semi-space-size=8", "--expose-gc", "--import", RUNTIME];

/** A start takes a second or two; a gateway that does not serve by then never will (milliseconds). */
const START_MS = 60_000;

/** What it said last, for whoever has to find out why (lines). */
const KEPT_LINES = 200;

/** How long a start took, in milliseconds since the process was made. */
export interface StartTimes {
  readonly livezMs: number;
  readonly graphqlMs: number;
}

export interface GatewayOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly whatsappUrl: string;
}

/** A gateway in a process of its own, started again and again on the same port and data. */
export class GatewayProcess implements AsyncDisposable {
  readonly url: string;
  /** The last lines of its log. */
  readonly lines: string[] = [];
  readonly starts: StartTimes[] = [];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #generation = 0;
  readonly #prober = startProber();

  constructor({ port, dataDir, whatsappUrl }: GatewayOptions) {
    this.url = `http://127.0.0.1:${port}`;
    this.#env = {
      PORT: String(port),
      DATA_DIR: dataDir,
      WHATSAPP_URL: whatsappUrl,
      LOG_LEVEL: "warn",
      // Nothing may leave the log: the whole of it is checked in the end.
      EVENT_RETENTION_DAYS: "36500",
      EVENT_RETENTION_COUNT: String(Number.MAX_SAFE_INTEGER),
    };
  }

  /** Counts its lives. */
  get generation(): number {
    return this.#generation;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /**
   * Resolves once it serves; false when it died before, as it may when it is to be killed.
   * @throws Error when it gave up by itself or does not serve in time, with what it said.
   */
  async start(kill?: Kill): Promise<boolean> {
    this.#generation += 1;
    const began = Date.now();
    const armed = kill?.kind === "point" ? [kill.step, String(kill.passage)] : [];
    const child = spawn(process.execPath, [...FLAGS, CHILD, ...armed], {
      env: this.#env,
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    this.#child = child;
    this.#exited = once(child, "exit");
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    const executioner =
      kill?.kind === "time" ? setTimeout(() => child.kill("SIGKILL"), kill.afterMs) : undefined;
    child.once("exit", () => clearTimeout(executioner));

    const query = encodeURIComponent("{ instances(first: 1) { edges { node { id } } } }");
    const livez = await this.#answered("/livez");
    const graphql = await this.#answered(`/graphql?query=${query}`);
    if (livez === undefined || graphql === undefined) return this.#diedEarly();
    this.starts.push({ livezMs: livez - began, graphqlMs: graphql - began });
    return true;
  }

  /** Resolves when it is dead, or after the time. */
  async death(limitMs: number): Promise<void> {
    const over = new AbortController();
    await Promise.race([this.#exited, sleep(limitMs, undefined, { signal: over.signal })]);
    over.abort();
  }

  async kill(): Promise<void> {
    this.#child?.kill("SIGKILL");
    await this.#exited;
  }

  /** Asks it to stop. Returns how long that took, in milliseconds. */
  async stop(): Promise<number> {
    const began = performance.now();
    this.#child?.kill("SIGTERM");
    await this.#exited;
    return performance.now() - began;
  }

  /** Bytes of memory that it holds. */
  /** In bytes, after a collection of what is not used any more; nothing while it does not run. */
  async memory(): Promise<NodeJS.MemoryUsage | undefined> {
    const child = this.#child;
    if (!child || !this.isRunning) return undefined;
    const answer = once(child, "message");
    child.send("memory");
    const [memory] = (await answer) as [NodeJS.MemoryUsage];
    return memory;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning) await this.kill();
    await this.#prober[Symbol.asyncDispose]();
  }

  /** When it first answered, or nothing when it died before. */
  async #answered(path: string): Promise<number | undefined> {
    const over = new AbortController();
    const died = () => over.abort();
    this.#child?.once("exit", died);
    if (!this.isRunning) died();
    const tooLate = setTimeout(died, START_MS);
    try {
      return await this.#prober.answered(`${this.url}${path}`, over.signal);
    } finally {
      clearTimeout(tooLate);
      this.#child?.off("exit", died);
    }
  }

  #diedEarly(): false {
    if (this.isRunning) throw this.#failure("does not serve");
    if (this.#child?.signalCode !== "SIGKILL") throw this.#failure("ended by itself");
    return false;
  }

  #keep(text: string): void {
    this.lines.push(...text.split("\n").filter((line) => line !== ""));
    this.lines.splice(0, Math.max(0, this.lines.length - KEPT_LINES));
  }

  #failure(what: string): Error {
    return new Error(`The gateway ${what}. It said:\n${this.lines.slice(-20).join("\n")}`);
  }
}
