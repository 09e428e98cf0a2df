import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answered, Question } from "./probe.ts";

const PROBE = fileURLToPath(new URL("probe.ts", import.meta.url));

export interface Prober extends AsyncDisposable {
  /** When a URL first answers, in milliseconds of the system's clock; aborted, it is never known. */
  answered(url: string, signal: AbortSignal): Promise<number | undefined>;
}

/** A process that does nothing but ask, so that what it measures is the gateway's time and not ours. */
export function startProber(): Prober {
  const child = fork(PROBE, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const waiting = new Map<number, (at: number | undefined) => void>();
  let asked = 0;
  child.on("message", ({ id, at }: Answered) => waiting.get(id)?.(at));
  return {
    async answered(url, signal) {
      asked += 1;
      const id = asked;
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      waiting.set(id, resolve);
      if (signal.aborted) resolve(undefined);
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
      child.send({ id, url } satisfies Question);
      const at = await promise;
      waiting.delete(id);
      return at;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await Promise.resolve();
    },
  };
}
