import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import type { Readiness } from "./readiness.ts";
import { readinessOf } from "./readiness.ts";
import type { Storage } from "./storage.ts";
import { readStorage } from "./storage.ts";
import type { VitalSigns } from "./vital-signs.ts";
import { VitalSignsMonitor } from "./vital-signs.ts";

/** A process of this gateway. */
export interface GatewayNode {
  readonly startedAt: Date;
  /** Of the last hour at most, the oldest first, the last of them as of now. */
  readonly signs: readonly VitalSigns[];
}

/** How the gateway is. */
export interface Health extends Disposable {
  readonly readiness: Readiness;
  readonly storage: () => Promise<Storage>;
  readonly nodes: () => readonly GatewayNode[];
}

/** Starts to take samples of this process. */
export function createHealth(database: Pick<Database, "read" | "health">, dataDir: string): Health {
  const startedAt = new Date(steadyNow());
  const monitor = new VitalSignsMonitor();
  return {
    readiness: readinessOf(database, dataDir),
    storage: () => readStorage(database.read, dataDir),
    nodes: () => [{ startedAt, signs: monitor.read() }],
    [Symbol.dispose]: () => monitor[Symbol.dispose](),
  };
}
