import { follow } from "../api/follow.ts";
import type { Stop } from "../api/follow.ts";
import type { EventFilter, StreamEventsSubscription } from "../api/generated/operations.ts";
import { StreamEventsDocument, LastEventsDocument } from "../api/generated/operations.ts";
import { ask } from "../api/client.ts";
import type { Store } from "../api/store.ts";
import { createStore } from "../api/store.ts";

/** An event with all that there is to know of it. */
export type ShownEvent = Extract<
  StreamEventsSubscription["events"],
  { readonly __typename: "EventDelivery" }
>["event"];

/** The stream as the page shows it. */
export interface FeedState {
  /** Oldest first; the very same array grows, and `version` tells that it did. */
  readonly events: readonly ShownEvent[];
  readonly version: number;
  /** Where the stream goes on, to the last event or beyond. */
  readonly cursor: string | undefined;
  readonly isPaused: boolean;
  readonly isStarting: boolean;
  /** How many were seen, those that are no longer kept included. */
  readonly seen: number;
  readonly refused: string | undefined;
}

/** Where a stream begins: with a look back at the newest, with the oldest that is kept, or at a cursor. */
export type Start = "latest" | { readonly after: string };

/** Some 20 MB of events: an hour at a lively pace, and a browser carries it without noticing. */
const KEPT = 10_000;

/** Ten times a second is as live as an eye can see, and leaves the browser nine tenths of its time. */
const FLUSH_MS = 100;

/** How long the first events may take before there are none to wait for. */
const QUIET_MS = 800;

/** What is shown of the past when the page is opened. */
const LOOK_BACK = 100;

export interface Feed {
  readonly state: Store<FeedState>;
  pause(): void;
  resume(): void;
  close(): void;
}

export function openFeed(filter: EventFilter, start: Start): Feed {
  const state = createStore<FeedState>({
    events: [],
    version: 0,
    cursor: start === "latest" ? undefined : start.after,
    isPaused: false,
    isStarting: true,
    seen: 0,
    refused: undefined,
  });
  const patch = (changes: Partial<FeedState>): void => state.set({ ...state.get(), ...changes });

  const kept: ShownEvent[] = [];
  let arrived: ShownEvent[] = [];
  let cursor = state.get().cursor;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: Stop | undefined;

  function flush(): void {
    timer = undefined;
    const { version, seen } = state.get();
    kept.push(...arrived);
    if (kept.length > KEPT) kept.splice(0, kept.length - KEPT);
    const count = arrived.length;
    arrived = [];
    patch({
      events: kept,
      version: version + 1,
      cursor,
      seen: seen + count,
      isStarting: false,
    });
  }

  function listen(): void {
    // Where nothing has happened nothing comes for a while, and the page shall say that.
    if (state.get().isStarting) timer ??= setTimeout(flush, QUIET_MS);
    stop = follow(StreamEventsDocument, {
      variables: () => ({ ...(cursor !== undefined && { after: cursor }), filter }),
      onData({ events: item }) {
        cursor = item.cursor;
        if (item.__typename === "EventDelivery") arrived.push(item.event);
        timer ??= setTimeout(flush, FLUSH_MS);
      },
      onRefused: (refused) => patch({ refused, isStarting: false }),
    });
  }

  async function begin(): Promise<void> {
    if (start === "latest") {
      try {
        const { events } = await ask(LastEventsDocument, { last: LOOK_BACK, filter });
        if (isClosed) return;
        arrived = events.edges.map(({ node }) => node);
        cursor = arrived.at(-1)?.cursor;
        flush();
      } catch (error) {
        patch({
          refused: error instanceof Error ? error.message : String(error),
          isStarting: false,
        });
        return;
      }
    }
    if (!state.get().isPaused) listen();
  }
  void begin();

  return {
    state,
    pause() {
      stop?.();
      clearTimeout(timer);
      if (arrived.length > 0) flush();
      timer = undefined;
      patch({ isPaused: true });
    },
    resume() {
      patch({ isPaused: false });
      listen();
    },
    close() {
      isClosed = true;
      stop?.();
      clearTimeout(timer);
    },
  };
}
