import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { decodeCursor } from "../src/events/cursor.ts";
import type { History } from "./history.ts";
import type { Random } from "./random.ts";

/** One in so many deliveries is refused, so that there are retries to be kept in order. */
const REFUSED = 0.01;

/** A receiver takes up to so long, in milliseconds: some POSTs are always under way when the gateway dies. */
const SLOWEST_MS = 15;

export interface Receiver extends AsyncDisposable {
  urlOf(instanceId: string): string;
  /** Deliveries of the instance wait until its secret is known. */
  trust(instanceId: string, secret: string): void;
  /** Resolves once everything that a dead gateway has sent is taken: it would count as sent by the next. */
  heardOut(): Promise<void>;
}

/** A user's own server for webhooks. It writes down everything that it is sent. */
export async function startReceiver(
  history: Pick<History, "deliveries" | "unsigned">,
  generation: () => number,
  random: Random,
): Promise<Receiver> {
  const secrets = new Map<string, PromiseWithResolvers<Webhook>>();
  function secretOf(instanceId: string): PromiseWithResolvers<Webhook> {
    const known = secrets.get(instanceId) ?? Promise.withResolvers<Webhook>();
    secrets.set(instanceId, known);
    return known;
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sentBy = generation();
    const instanceId = request.url?.slice(1) ?? "";
    const body = await text(request);
    const webhook = await secretOf(instanceId).promise;
    const id = String(request.headers["webhook-id"]);
    try {
      webhook.verify(body, request.headers as Record<string, string>);
    } catch {
      history.unsigned.push(id);
    }
    const { cursor } = JSON.parse(body) as { readonly cursor: string };
    await sleep(random.between(0, SLOWEST_MS));
    const status = random.chance(REFUSED) ? 503 : 204;
    const { position } = decodeCursor(cursor);
    history.deliveries.push({ id, position, instanceId, generation: sentBy, status });
    response.writeHead(status).end();
  }

  const server = createServer((request, response) => {
    // A gateway that dies in the middle of a POST leaves half a request behind.
    take(request, response).catch(() => response.destroy());
  });
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (instanceId) => `http://127.0.0.1:${port}/${instanceId}`,
    trust: (instanceId, secret) => secretOf(instanceId).resolve(new Webhook(secret)),
    async heardOut() {
      await Promise.all([...open].map((socket) => once(socket, "close")));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
