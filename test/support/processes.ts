import { once } from "node:events";
import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { createInterface } from "node:readline";
import type { LogLine } from "./gateway.ts";

/** The gateway as a process of its own, started as `npm start` does. */
export interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  readonly lines: readonly LogLine[];
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code once the process is gone; null after a signal. */
  readonly exited: Promise<number | null>;
}

/** What is left of a start that was refused. */
export interface Refused {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Env = Readonly<Record<string, string>>;

const run = (env: Env, entry = "bin/wagraph.mjs") =>
  spawn(process.execPath, ["--max-semi-space-size=8", entry], {
    // Nothing of this process's own settings but where its programs are.
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });

async function exitOf(child: ChildProcess): Promise<number | null> {
  await once(child, "exit");
  return child.exitCode;
}

export async function startProcess(env: Env, entry?: string): Promise<GatewayProcess> {
  const child = run({ PORT: "0", ...env }, entry);
  const lines: LogLine[] = [];
  const listening = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const parsed = JSON.parse(line) as LogLine;
    lines.push(parsed);
    if (parsed.msg === "wagraph is listening") listening.resolve(String(parsed["url"]));
  });
  const exited = exitOf(child);
  const stderr = text(child.stderr);
  const died = exited.then(async () => {
    throw new Error(`the gateway did not start: ${await stderr}`);
  });
  const url = await Promise.race([listening.promise, died]);
  died.catch(() => undefined);
  return {
    url,
    lines,
    exited,
    signal: (name) => void child.kill(name),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Starts a gateway that is expected to refuse. */
export async function startRefused(env: Env): Promise<Refused> {
  const child = run({ PORT: "0", ...env });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exitOf(child),
  ]);
  return { code, stdout, stderr };
}
