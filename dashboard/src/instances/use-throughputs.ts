import type { ThroughputsQuery } from "../api/generated/operations.ts";
import { ThroughputsDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { useEvery } from "../api/use-every.ts";

/** A minute is what is counted: a few looks at each. */
const EVERY_MS = 10_000;

export type Throughput = ThroughputsQuery["instances"]["edges"][number]["node"]["throughput"];

/** What goes through each of the first accounts, by its id. */
export function useThroughputs(first: number): ReadonlyMap<string, Throughput> {
  const { data, again } = useAsk(ThroughputsDocument, { first: Math.max(1, first) });
  useEvery(EVERY_MS, again);
  return new Map(data?.instances.edges.map(({ node }) => [node.id, node.throughput]));
}
