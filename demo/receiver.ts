import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

/** A verified webhook, as far as the demo shows it. */
export interface ShownEvent {
  readonly type: string;
  readonly data: {
    readonly message?: {
      readonly fromMe?: boolean;
      readonly text?: string | null;
      readonly sender?: { readonly name?: string | null };
    };
  };
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** Events that come before the secret is known wait for it. */
  trust(secret: string): void;
}

/** What a user's own server does: verify the signature, answer 204, go on. */
export async function startReceiver(show: (event: ShownEvent) => void): Promise<Receiver> {
  const trusted = Promise.withResolvers<Webhook>();
  const server = createServer((request, response) => {
    verified(request, trusted.promise).then(
      (event) => {
        response.writeHead(204).end();
        show(event);
      },
      () => response.writeHead(401).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    trust(secret) {
      trusted.resolve(new Webhook(secret));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function verified(request: IncomingMessage, trusted: Promise<Webhook>): Promise<ShownEvent> {
  const body = await text(request);
  const webhook = await trusted;
  return webhook.verify(body, request.headers as Record<string, string>) as ShownEvent;
}
