import { once } from "node:events";
import { WebSocket } from "ws";
import type { Gateway } from "./gateway.ts";

/** A subscriber that notes when it heard of what. */
export interface Follower extends Disposable {
  /** When the event of this message came, in milliseconds of `performance.now`. */
  message(id: string): Promise<number>;
}

const FOLLOW = `subscription { events(filter: {types: ["message.*"]}) { ... on EventDelivery { event {
  ... on MessageReceived { message { id } } } } } }`;

interface Item {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly events: { readonly event?: { readonly message?: { id: string } } } };
  };
}

export async function follow({ url }: Gateway): Promise<Follower> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const heard = new Map<string, PromiseWithResolvers<number>>();
  const place = (id: string) => {
    const known = heard.get(id) ?? Promise.withResolvers<number>();
    heard.set(id, known);
    return known;
  };
  const standing = Promise.withResolvers<void>();
  socket.on("message", (data: Buffer) => {
    const at = performance.now();
    const { type, payload } = JSON.parse(data.toString()) as Item;
    if (type === "connection_ack") {
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: FOLLOW } }));
    }
    if (type !== "next") return;
    // The first item says where the stream stands: from then on nothing is missed.
    standing.resolve();
    const id = payload?.data?.events.event?.message?.id;
    if (id !== undefined) place(id).resolve(at);
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init" }));
  await standing.promise;
  return {
    message: (id) => place(id).promise,
    [Symbol.dispose]: () => socket.terminate(),
  };
}
