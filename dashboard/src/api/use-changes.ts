import { useEffect, useRef } from "react";
import { follow } from "./follow.ts";
import type { FollowChangesSubscription } from "./generated/operations.ts";
import { FollowChangesDocument } from "./generated/operations.ts";

type Item = Extract<FollowChangesSubscription["events"], { readonly __typename: "EventDelivery" }>;

/**
 * Calls when one of these events has happened, also one that happened while the connection was lost:
 * it goes on at the cursor of the last.
 * @param types patterns; undefined for nothing at all
 */
export function useChanges(
  types: readonly string[] | undefined,
  onChange: (event: Item["event"]) => void,
): void {
  const key = types?.join(" ");
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (key === undefined) return undefined;
    let after: string | undefined;
    return follow(FollowChangesDocument, {
      variables: () => ({ ...(after && { after }), filter: { types: key.split(" ") } }),
      onData({ events }) {
        after = events.cursor;
        if (events.__typename === "EventDelivery") latest.current(events.event);
      },
    });
  }, [key]);
}
