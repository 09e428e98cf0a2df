import { createFetch } from "ofetch";
import { fetch, Headers, type Agent } from "undici";
import { startDeadline } from "../lib/deadline.ts";
import { CLOSED_MESSAGE, OutboundError } from "./errors.ts";
import { toOutboundError } from "./failure.ts";
import { outgoingHeaders } from "./headers.ts";
import { tap, type Head } from "./tap.ts";
import { Trace, traceStorage } from "./timings.ts";

export type Method = "DELETE" | "GET" | "HEAD" | "PATCH" | "POST" | "PUT";

/** A call that was judged and is ready to go. */
export interface Call {
  readonly method: Method;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | undefined;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose body is still on the wire. Disposing drops what is unread, together with its connection. */
export interface Exchange extends Disposable {
  readonly head: Head;
  readonly trace: Trace;
  /** The body as it was sent, once. It throws an OutboundError, or the reason of the caller's signal. */
  readonly body: AsyncIterable<Uint8Array>;
}

// Node's own fetch belongs to another copy of undici and does not take this one's dispatchers.
const client = createFetch({
  fetch: fetch as unknown as typeof globalThis.fetch,
  Headers: Headers as unknown as typeof globalThis.Headers,
  AbortController,
});

/**
 * Sends one request, once, and waits for the head of the answer. One deadline runs from here to
 * the last byte of the body.
 *
 * @throws OutboundError, the reason of the caller's signal, or a TypeError for headers that HTTP does not allow.
 */
export async function exchange(agent: Agent, closing: AbortSignal, call: Call): Promise<Exchange> {
  const headers = outgoingHeaders(call.headers);
  const trace = new Trace();
  const dropping = new AbortController();
  const deadline = startDeadline(call.deadlineMs, [call.signal, closing, dropping.signal]);
  let head: Head | undefined;
  const tapped = agent.compose(
    tap(trace, (arrived) => {
      head = arrived;
    }),
  );

  function explain(error: unknown): unknown {
    const failed = { timings: trace.timings(), status: head?.status };
    if (deadline.expired) {
      const message = `no complete answer from "${call.url.host}" within ${call.deadlineMs} ms (${trace.phase})`;
      return new OutboundError("TIMEOUT", message, { call: failed });
    }
    if (call.signal?.aborted) return call.signal.reason;
    if (closing.aborted) return new OutboundError("CLOSED", CLOSED_MESSAGE, { call: failed });
    return toOutboundError(error, call.url.host, failed);
  }

  try {
    const response = await traceStorage.run(trace, () =>
      client.raw(call.url.href, {
        method: call.method,
        headers,
        ...(call.body ? { body: call.body } : {}),
        dispatcher: tapped,
        signal: deadline.signal,
        redirect: "manual",
        retry: false,
        ignoreResponseError: true,
        responseType: "stream",
      }),
    );
    if (!head) throw new Error("fetch answered before the receiver did");
    const progress = { complete: response.body === null };
    return {
      head,
      trace,
      body: chunks(response.body, progress, explain),
      [Symbol.dispose]() {
        if (!progress.complete) dropping.abort();
        deadline[Symbol.dispose]();
      },
    };
  } catch (error) {
    const failure = explain(error);
    deadline[Symbol.dispose]();
    throw failure;
  }
}

async function* chunks(
  body: ReadableStream<Uint8Array> | null,
  progress: { complete: boolean },
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    for await (const chunk of body) yield chunk;
    progress.complete = true;
  } catch (error) {
    throw explain(error);
  }
}
