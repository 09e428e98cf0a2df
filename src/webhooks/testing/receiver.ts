import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One POST as a receiver sees it. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A status to answer with, or a function that answers by itself. */
export type Answer = number | ((request: Received, response: ServerResponse) => unknown);

/** A real HTTP server on loopback that remembers what it was sent. */
export class Receiver implements AsyncDisposable {
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  readonly received: Received[] = [];
  /** How many requests are unanswered now, and were at most. */
  open = 0;
  mostOpen = 0;
  answer: Answer = 204;

  static async start(answer: Answer = 204): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.answer = answer;
    receiver.#server.listen(0, "127.0.0.1");
    await once(receiver.#server, "listening");
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  get only(): Received {
    const [first, ...rest] = this.received;
    if (!first || rest.length > 0) throw new Error(`${this.received.length} requests, not one`);
    return first;
  }

  get bodies(): readonly { readonly id: string; readonly type: string; readonly data: unknown }[] {
    return this.received.map(({ body }) => JSON.parse(body) as (typeof this.bodies)[number]);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    response.once("close", () => {
      this.open -= 1;
    });
    const { url: path = "", headers } = request;
    const received = { path, headers, body: await text(request), at: Date.now() };
    this.received.push(received);
    if (typeof this.answer === "number") response.writeHead(this.answer).end();
    else await this.answer(received, response);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
