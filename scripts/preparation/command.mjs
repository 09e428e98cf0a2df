import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** Enough to show what went wrong; npm can say far more than anybody reads. */
const keptOutputBytes = 16 * 1024;

/** @type {readonly NodeJS.Signals[]} */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command quietly; what it printed is shown only when it fails. A signal that ends us ends it,
 * too: an installation that goes on alone would work beside the next one.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @throws {Error} with the end of its output, when it cannot be started or does not exit with 0
 */
export async function run(command, args, { cwd, env }) {
  const line = [command, ...args].join(" ");
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH: pathOutsideModules(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  /** @param {Buffer} chunk */
  const keep = (chunk) => {
    output = (output + chunk.toString()).slice(-keptOutputBytes);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => child.kill(signal);
  for (const signal of endings) process.on(signal, forward);
  try {
    await new Promise((resolve, reject) => {
      child.once("error", (cause) => {
        reject(new Error(`\`${line}\` could not be started: ${cause.message}`, { cause }));
      });
      child.once("close", (code, signal) => {
        if (code === 0) resolve(undefined);
        else
          reject(new Error(`\`${line}\` failed (${signal ?? `exit ${code}`})\n${output.trim()}`));
      });
    });
  } finally {
    for (const signal of endings) process.removeListener(signal, forward);
  }
}

/**
 * npm puts node_modules/.bin in front of PATH, and in there is the Node that an installation is about
 * to delete. npm itself must run on the machine's own.
 */
function pathOutsideModules() {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
}
