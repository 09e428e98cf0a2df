import { createOutbound, type Outbound } from "../outbound.ts";
import { parsePrivateTargets } from "../private-targets.ts";
import type { Answer } from "../resolve.ts";

export const loopback: Answer = { address: "127.0.0.1", family: 4 };

/** A client for which every name leads to loopback, which is open. */
export function toLoopback(): Outbound {
  const privateTargets = parsePrivateTargets(["127.0.0.0/8"]);
  return createOutbound({ privateTargets, resolve: async () => [loopback] });
}
