import { useEffect, useState } from "react";
import type { DeliveryRowFragment, DeliveryState } from "../api/generated/operations.ts";
import { DeliveriesDocument, FollowDeliveriesDocument } from "../api/generated/operations.ts";
import { ask } from "../api/client.ts";
import { useAsk } from "../api/use-ask.ts";
import { useFollow } from "../api/use-follow.ts";

const PAGE = 50;

/** As many as a person scrolls through; a webhook may get hundreds a second. */
const KEPT = 500;

/** A burst changes the figures above once, not a hundred times. */
const SETTLE_MS = 500;

export interface DeliveriesShown {
  readonly rows: readonly DeliveryRowFragment[] | undefined;
  readonly error: Error | undefined;
  readonly again: () => void;
  /** Adds a page of older ones; undefined when there are none. */
  readonly more: (() => Promise<void>) | undefined;
}

/** The deliveries of a webhook, newest first, each as it stands at this moment. */
export function useDeliveries(
  id: string,
  state: DeliveryState | undefined,
  onChange: () => void,
): DeliveriesShown {
  const variables = { id, first: PAGE, ...(state && { state }) };
  const { data, error, again } = useAsk(DeliveriesDocument, variables);
  const [older, setOlder] = useState<readonly DeliveryRowFragment[]>([]);
  const [end, setEnd] = useState<string | null>(null);
  const [changed, setChanged] = useState<ReadonlyMap<string, DeliveryRowFragment>>(new Map());
  const page = data?.webhook?.deliveries;

  useEffect(() => {
    setOlder([]);
    setEnd(page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null);
    setChanged(new Map());
  }, [page]);

  useFollow(FollowDeliveriesDocument, { id }, ({ deliveryUpdates: row }) => {
    setChanged((known) => new Map([...known, [row.id, row] as const].slice(-KEPT)));
  });

  useEffect(() => {
    if (changed.size === 0) return undefined;
    const timer = setTimeout(onChange, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [changed]);

  async function more(): Promise<void> {
    const { webhook } = await ask(DeliveriesDocument, { ...variables, after: end });
    if (!webhook) return;
    const { edges, pageInfo } = webhook.deliveries;
    setOlder((known) => [...known, ...edges.map(({ node }) => node)]);
    setEnd(pageInfo.hasNextPage ? pageInfo.endCursor : null);
  }

  const read = page && [...page.edges.map(({ node }) => node), ...older];
  return {
    rows: read && merged(read, changed, state),
    error,
    again,
    more: end === null ? undefined : more,
  };
}

/** What was read, with what has been told since: in its place, or in front if it is new. */
function merged(
  read: readonly DeliveryRowFragment[],
  changed: ReadonlyMap<string, DeliveryRowFragment>,
  state: DeliveryState | undefined,
): readonly DeliveryRowFragment[] {
  const known = new Set(read.map(({ id }) => id));
  const oldest = read.at(-1)?.id ?? "";
  const fresh = [...changed.values()].filter(({ id }) => !known.has(id) && id > oldest);
  return [...fresh, ...read.map((row) => changed.get(row.id) ?? row)]
    .filter((row) => state === undefined || row.state === state)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1));
}
