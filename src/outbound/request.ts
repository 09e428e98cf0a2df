import type { Exchange } from "./exchange.ts";
import type { Timings } from "./timings.ts";

/** What came back, with as much of the body as was asked for. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** The body was longer than what is kept of it. */
  readonly truncated: boolean;
  readonly timings: Timings;
}

/**
 * Reads a body to its end or to its cap, whichever comes first, and keeps its beginning.
 * A receiver that goes on past the cap loses its connection; that is no error.
 */
export async function readReply(
  exchange: Exchange,
  keepBytes: number,
  readBytes: number,
): Promise<Reply> {
  const { head, trace } = exchange;
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let bytes = 0;
  for await (const chunk of exchange.body) {
    const part = chunk.subarray(0, keepBytes - keptBytes);
    if (part.length > 0) kept.push(part);
    keptBytes += part.length;
    bytes += chunk.length;
    if (bytes > readBytes) break;
  }
  return {
    status: head.status,
    headers: head.headers,
    body: Buffer.concat(kept),
    truncated: bytes > keptBytes,
    timings: trace.timings(),
  };
}
