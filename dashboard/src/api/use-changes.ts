import { useEffect, useRef } from "react";
import { follow } from "./follow.ts";
import type { FollowChangesSubscription } from "./generated/operations.ts";
import { FollowChangesDocument } from "./generated/operations.ts";

type Item = Extract<FollowChangesSubscription["events"], { readonly __typename: "EventDelivery" }>;

/**
 * Calls when one of these events has happened, also one that happened while the connection was lost:
 * it goes on at the cursor of the last.
 * @param types patterns; undefined for nothing at all
 * @param onStart from here on nothing is missed: what was read before may lack what came meanwhile
 */
export function useChanges(
  types: readonly string[] | undefined,
  onChange: (event: Item["event"]) => void,
  onStart?: () => void,
): void {
  const key = types?.join(" ");
  const latest = useRef({ onChange, onStart });
  latest.current = { onChange, onStart };
  useEffect(() => {
    if (key === undefined) return undefined;
    let after: string | undefined;
    return follow(FollowChangesDocument, {
      variables: () => ({ ...(after && { after }), filter: { types: key.split(" ") } }),
      onData({ events }) {
        if (after === undefined) latest.current.onStart?.();
        after = events.cursor;
        if (events.__typename === "EventDelivery") latest.current.onChange(events.event);
      },
    });
  }, [key]);
}
