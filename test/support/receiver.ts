import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { eventually } from "./eventually.ts";
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

export async function startReceiver(): Promise<Receiver> {
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
    const webhook = await trusted.promise;
    calls += 1;
    if (receiver.status !== 204) return void response.writeHead(receiver.status).end("not now");
    try {
      events.push(webhook.verify(body, request.headers as Record<string, string>) as ShownEvent);
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/events`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  });
}
