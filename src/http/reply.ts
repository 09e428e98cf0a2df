import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Answers that never end by themselves. */
const STREAMED = /^(text\/event-stream|multipart\/mixed)\b/;

export function isStream({ headers }: Response): boolean {
  return STREAMED.test(headers.get("content-type") ?? "");
}

/**
 * Sends what the pipeline answered.
 * @param gone aborted when the caller hangs up, and here when a stream ends: nobody reads it any more.
 * @param ends aborted when the server stops, or when the caller's key is over: both end streams.
 */
export async function sendReply(
  reply: Response,
  response: ServerResponse,
  gone: AbortController,
  ends: readonly AbortSignal[],
): Promise<void> {
  for (const [name, value] of reply.headers) response.setHeader(name, value);
  response.setHeader("x-content-type-options", "nosniff");
  if (!reply.headers.has("cache-control")) response.setHeader("cache-control", "no-store");
  const { body } = reply;
  if (body !== null && isStream(reply)) {
    // Proxies that collect answers before they pass them on would hold events back.
    response.setHeader("x-accel-buffering", "no");
    response.writeHead(reply.status).flushHeaders();
    await pump(body, response, [gone.signal, ...ends]);
    gone.abort();
    return;
  }
  response.writeHead(reply.status);
  if (body === null) response.end();
  else response.end(Buffer.from(await reply.arrayBuffer()));
}

/** Takes the next chunk only when the caller has room for it: a slow reader costs a cursor, not memory. */
async function pump(
  body: ReadableStream<Uint8Array>,
  response: ServerResponse,
  ends: readonly AbortSignal[],
): Promise<void> {
  const reader = body.getReader();
  const ended = new AbortController();
  const end = Promise.withResolvers<undefined>();
  const stop = (): void => {
    ended.abort();
    end.resolve(undefined);
  };
  for (const signal of ends) signal.addEventListener("abort", stop, { once: true });
  if (ends.some(({ aborted }) => aborted)) stop();
  try {
    while (!ended.signal.aborted) {
      const chunk = await Promise.race([reader.read(), end.promise]);
      if (chunk === undefined || chunk.done) break;
      if (response.write(chunk.value)) continue;
      const drained = once(response, "drain", { signal: ended.signal });
      await Promise.race([drained, end.promise]).catch(() => {});
    }
  } finally {
    for (const signal of ends) signal.removeEventListener("abort", stop);
    // Stops the operation behind it. Not awaited: it may wait for an event that never comes.
    reader.cancel().catch(() => {});
    response.end();
  }
}
