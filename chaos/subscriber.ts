import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "graphql-ws/client";
import { decodeCursor } from "../src/events/cursor.ts";
import type { Subscription } from "./history.ts";
import type { Random } from "./random.ts";

const EVENTS = `subscription ($after: Cursor, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    __typename
    ... on EventDelivery { cursor event { id } }
    ... on StreamPosition { cursor }
  }
}`;

type Item =
  | {
      readonly __typename: "EventDelivery";
      readonly cursor: string;
      readonly event: { readonly id: string };
    }
  | { readonly __typename: "StreamPosition"; readonly cursor: string };

/** Programs come and go by themselves too: one item in so many is the last of its connection. */
const LEAVES = 0.002;

/** Between two attempts to come back, in milliseconds. */
const COMES_BACK_MS = { least: 50, most: 500 };

/** Follows the log over WebSocket, coming back with its last cursor whenever the connection is lost. */
export async function keepFollowing(
  url: string,
  subscription: Subscription,
  { after, random, signal }: { after: string; random: Random; signal: AbortSignal },
): Promise<void> {
  let cursor = after;

  async function followOnce(): Promise<void> {
    const client = createClient({ url: `${url.replace("http", "ws")}/graphql`, retryAttempts: 0 });
    const leave = (): void => client.terminate();
    signal.addEventListener("abort", leave, { once: true });
    try {
      const variables = { after: cursor, filter: subscription.filter };
      for await (const { data, errors } of client.iterate<{ events: Item }>({
        query: EVENTS,
        variables,
      })) {
        if (!data) {
          subscription.refusals.push(JSON.stringify(errors));
          return;
        }
        ({ cursor } = data.events);
        if (data.events.__typename === "StreamPosition") continue;
        const { position } = decodeCursor(cursor);
        subscription.seen.push({ position, id: data.events.event.id });
        if (random.chance(LEAVES)) return;
      }
    } finally {
      signal.removeEventListener("abort", leave);
      client.terminate();
    }
  }

  while (!signal.aborted) {
    subscription.connections += 1;
    await followOnce().catch(() => undefined);
    await sleep(random.between(COMES_BACK_MS.least, COMES_BACK_MS.most));
  }
}
