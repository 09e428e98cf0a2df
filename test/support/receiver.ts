import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { eventually } from "./eventually.ts";
import { type Place, serve } from "./server.ts";
import type { ShownEvent } from "./shown.ts";

/** A user's own server for webhooks, which believes only what is signed. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** What was verified and taken, in the order in which it came. */
  readonly events: readonly ShownEvent[];
  /** How often it was called, for good or ill. */
  readonly calls: number;
  /** The status that it answers with, 204 unless told otherwise. */
  status: number;
  /** Calls before this wait for it. */
  trust(secret: string): void;
  /** The first event of this type, past or to come. */
  event(type: string, match?: (event: ShownEvent) => boolean): Promise<ShownEvent>;
}

export async function startReceiver(place?: Place): Promise<Receiver> {
  const events: ShownEvent[] = [];
  const trusted = Promise.withResolvers<Webhook>();
  let calls = 0;
  const receiver = {
    events,
    status: 204,
    get calls() {
      return calls;
    },
    trust: (secret: string) => trusted.resolve(new Webhook(secret)),
    event: async (type: string, match: (event: ShownEvent) => boolean = () => true) => {
      const look = () => events.find((event) => event.type === type && match(event));
      return eventually(look, () => `the receiver has got no such ${type}`);
    },
  };
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    calls += 1;
    if (receiver.status !== 204) return void response.writeHead(receiver.status).end("not now");
    const webhook = await trusted.promise;
    try {
      events.push(webhook.verify(body, request.headers as Record<string, string>) as ShownEvent);
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  }
  const server = await serve((request, response) => {
    take(request, response).catch(() => response.destroy());
  }, place);
  return Object.assign(receiver, {
    url: `${server.url}/events`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
}
