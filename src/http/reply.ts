import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Answers that never end by themselves. */
const STREAMED = /^(text\/event-stream|multipart\/mixed)\b/;

/**
 * Sends what the pipeline answered.
 * @param gone aborted when the caller hangs up, and here when a stream ends: nobody reads it any more.
 * @param closing aborted when the server stops, which ends streams.
 */
export async function sendReply(
  reply: Response,
  response: ServerResponse,
  gone: AbortController,
  closing: AbortSignal,
): Promise<void> {
  for (const [name, value] of reply.headers) response.setHeader(name, value);
  response.setHeader("x-content-type-options", "nosniff");
  if (!reply.headers.has("cache-control")) response.setHeader("cache-control", "no-store");
  const { body } = reply;
  if (body !== null && STREAMED.test(reply.headers.get("content-type") ?? "")) {
    // Proxies that collect answers before they pass them on would hold events back.
    response.setHeader("x-accel-buffering", "no");
    response.writeHead(reply.status).flushHeaders();
    await pump(body, response, AbortSignal.any([gone.signal, closing]));
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
  ended: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  const end = Promise.withResolvers<undefined>();
  const stop = (): void => end.resolve(undefined);
  ended.addEventListener("abort", stop, { once: true });
  try {
    while (!ended.aborted) {
      const chunk = await Promise.race([reader.read(), end.promise]);
      if (chunk === undefined || chunk.done) break;
      if (response.write(chunk.value)) continue;
      await Promise.race([once(response, "drain", { signal: ended }), end.promise]).catch(() => {});
    }
  } finally {
    ended.removeEventListener("abort", stop);
    // Stops the operation behind it. Not awaited: it may wait for an event that never comes.
    reader.cancel().catch(() => {});
    response.end();
  }
}
