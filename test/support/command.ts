import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { delimiter } from "node:path";
import { vi } from "vitest";

/** npm and a first start take their time where other tests run beside them (milliseconds). */
const PATIENCE_MS = 30_000;

/** A line of shell, running. */
export interface Command extends AsyncDisposable {
  /** What it has printed so far. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** The first line of its output that contains these words, past or to come. */
  line(words: string): Promise<string>;
  /** Resolves when it is gone. */
  readonly exited: Promise<unknown>;
  /** Signals it and its children, as a terminal does. */
  signal(name: NodeJS.Signals): void;
}

/** The programs of the machine, not those that npm has put in front of them for this test. */
const PATH = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules") && !folder.includes("node-gyp-bin"))
  .join(delimiter);

/** Runs a line as a user with an otherwise empty environment types it. */
export function startCommand(
  line: string,
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Command {
  const child = spawn("bash", ["-c", line], {
    cwd,
    env: { PATH, HOME: process.env["HOME"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const lines: string[] = [];
    createInterface({ input: stream }).on("line", (text) => lines.push(text));
    return lines;
  }) as [string[], string[]];
  const exited = once(child, "close");
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // Everybody of the group is gone.
    }
  };
  return {
    stdout,
    stderr,
    exited,
    signal,
    line: (words) =>
      vi.waitFor(
        () => {
          const found = stdout.find((text) => text.includes(words));
          if (found !== undefined) return found;
          const said = [...stdout, ...stderr].join("\n");
          throw new Error(`\`${line}\` had not said "${words}" but:\n${said}`);
        },
        { timeout: PATIENCE_MS, interval: 20 },
      ),
    async [Symbol.asyncDispose]() {
      signal("SIGKILL");
      await exited;
    },
  };
}

/** What a line of shell prints until it ends. */
export async function outputOf(line: string, cwd: string): Promise<string> {
  await using command = startCommand(line, { cwd });
  await command.exited;
  return command.stdout.join("\n");
}
