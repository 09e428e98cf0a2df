import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(new URL("../bin/wagraph.mjs", import.meta.url));

/** As `npm start` has them, see `package.json`. */
const NODE_FLAGS = ["--max-semi-space-size=8"];

/** A gateway in a process of its own, so that what measures it does not count. */
export interface Gateway extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** Starts one as `npm start` does. @throws Error with what it said when it did not start */
export async function startGateway(env: Readonly<Record<string, string>>): Promise<Gateway> {
  const child = spawn(process.execPath, [...NODE_FLAGS, ENTRY], {
    env: {
      PATH: process.env["PATH"],
      PORT: "0",
      ...(process.env["NODE_OPTIONS"] ? { NODE_OPTIONS: process.env["NODE_OPTIONS"] } : {}),
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const listening = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { msg, url } = JSON.parse(line) as { readonly msg: string; readonly url?: string };
    if (msg === "wagraph is listening" && url !== undefined) listening.resolve(url);
  });
  void exited.then(([code]) =>
    listening.reject(new Error(`the gateway ended with code ${String(code)}`)),
  );
  const url = await listening.promise;
  return {
    url,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
