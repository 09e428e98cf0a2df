/**
 * The receivers of the webhook benchmarks, in a process of their own so that their work and their memory are not
 * measured. They are told what to answer by their parent and report to it.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What the parent says. */
export type Order =
  | { readonly kind: "answer"; readonly status: number }
  | { readonly kind: "report" };

/** What the receivers have seen since they were last asked. */
export interface Report {
  readonly url: string;
  /** Requests that were answered with 2xx, and how many events they were about. */
  readonly taken: number;
  readonly distinct: number;
  readonly refused: number;
  /** Events that came for the first time after a later one of their chat. */
  readonly outOfOrder: number;
  /** From the append to the arrival, in milliseconds, ascending. */
  readonly latencies: readonly number[];
  /** Requests that were let hang at the same time, at most. */
  readonly mostHanging: number;
}

interface Posted {
  readonly data: {
    readonly message: { readonly text: string; readonly chat: { readonly id: string } };
  };
}

let status = 200;
let [taken, refused, outOfOrder] = [0, 0, 0];
let [hanging, mostHanging] = [0, 0];
let latencies: number[] = [];
const seen = new Set<unknown>();
const newest = new Map<string, number>();

const server = createServer((request, response) => {
  void (async () => {
    const body = await text(request);
    if (request.url === "/hanging") {
      hanging += 1;
      mostHanging = Math.max(mostHanging, hanging);
      response.once("close", () => (hanging -= 1));
      return;
    }
    if (status < 300) take(request.headers["webhook-id"], JSON.parse(body) as Posted);
    else refused += 1;
    response.writeHead(status).end();
  })();
});

/** A text is the number of its event and the time of its append. */
function take(id: unknown, { data: { message } }: Posted): void {
  taken += 1;
  if (seen.has(id)) return;
  seen.add(id);
  const [number = 0, at = 0] = message.text.split(" ").map(Number);
  latencies.push(Date.now() - at);
  const last = newest.get(message.chat.id) ?? -1;
  if (number < last) outOfOrder += 1;
  newest.set(message.chat.id, Math.max(last, number));
}

function report(): void {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const sorted = latencies.toSorted((a, b) => a - b);
  const counts = { taken, distinct: seen.size, refused, outOfOrder, mostHanging };
  process.send?.({ url, ...counts, latencies: sorted } satisfies Report);
  latencies = [];
}

process.on("message", (order: Order) => {
  if (order.kind === "answer") ({ status } = order);
  else report();
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", report);
