import { encodeCursor } from "../src/events/cursor.ts";
import type { Callers } from "./callers.ts";
import { makeCallers } from "./callers.ts";
import { keepWriting } from "./contacts.ts";
import type { GatewayProcess } from "./gateway-process.ts";
import type { History, SubscriptionFilter } from "./history.ts";
import { keepReading } from "./page-reader.ts";
import type { Random } from "./random.ts";
import { keepFollowing } from "./subscriber.ts";
import type { World } from "./world.ts";

const SUBSCRIBERS = 20;

/** Every other subscriber wants only a part. */
const FILTERS: readonly SubscriptionFilter[] = [
  {},
  { types: ["message.received"] },
  {},
  { types: ["message.*"], instanceIds: ["north"] },
  {},
  { instanceIds: ["south", "west"] },
  {},
  { types: ["connection.*", "message.status"] },
];

/** On average, in milliseconds: between two messages of all contacts together, and two sends of one caller. */
export interface Pace {
  readonly writesEveryMs: number;
  readonly sendsEveryMs: number;
}

export const USUAL_PACE: Pace = { writesEveryMs: 30, sendsEveryMs: 60 };

export interface LoadOptions {
  readonly gateway: GatewayProcess;
  readonly world: World;
  readonly history: History;
  readonly random: Random;
  /** Where all readers begin. */
  readonly from: { readonly logId: string; readonly position: number };
  readonly pace: Pace;
}

export interface Load {
  readonly callers: Callers;
  /** No new messages; resolves when the last has been answered. Readers go on. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Everybody who uses the gateway while it is killed. */
export function startLoad({ gateway, world, history, random, from, pace }: LoadOptions): Load {
  const writing = new AbortController();
  const reading = new AbortController();
  const { url } = gateway;
  const after = encodeCursor(from);
  const callers = makeCallers({
    url,
    world,
    history,
    generation: () => gateway.generation,
    random: random.fork(),
    everyMs: pace.sendsEveryMs,
  });
  const subscribers = Array.from({ length: SUBSCRIBERS }, (_, at) => {
    const filter = FILTERS[at % FILTERS.length] ?? {};
    const name = `subscriber ${at} ${JSON.stringify(filter)}`;
    const subscription = {
      name,
      filter,
      from: from.position,
      seen: [],
      refusals: [],
      connections: 0,
    };
    history.subscriptions.push(subscription);
    const { signal } = reading;
    return keepFollowing(url, subscription, { after, random: random.fork(), signal });
  });
  const pages = keepReading(url, history.pages, { after, signal: reading.signal });
  const { signal } = writing;
  const contacts = keepWriting(world, history, {
    random: random.fork(),
    everyMs: pace.writesEveryMs,
    signal,
  });
  const sends = callers.run(signal);
  return {
    callers,
    async settle() {
      writing.abort();
      await Promise.all([contacts, sends]);
    },
    async stop() {
      writing.abort();
      reading.abort();
      await Promise.all([contacts, sends, pages, ...subscribers]);
    },
  };
}
