import { useState } from "react";
import type { InstanceCardFragment } from "../api/generated/operations.ts";
import { InstancesDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { useChanges } from "../api/use-changes.ts";

/** Each shown card is a subscription of its own, and a socket takes 50 at a time. */
const PAGE = 36;

export interface Instances {
  readonly list: readonly InstanceCardFragment[] | undefined;
  readonly error: Error | undefined;
  readonly again: () => void;
  readonly hasMore: boolean;
  readonly more: () => void;
}

/** The instances, anew whenever one is made or deleted, here or elsewhere. */
export function useInstances(): Instances {
  const [first, setFirst] = useState(PAGE);
  const { data, error, again } = useAsk(InstancesDocument, { first });
  useChanges(["instance.created", "instance.deleted"], again, again);
  const [kept, setKept] = useState(data);
  // A longer page is shown when it is there; until then the shorter one stays.
  if (data && data !== kept) setKept(data);
  return {
    list: kept?.instances.edges.map(({ node }) => node),
    error,
    again,
    hasMore: kept?.instances.pageInfo.hasNextPage ?? false,
    more: () => setFirst((count) => Math.min(count + PAGE, 200)),
  };
}
