/** One message of a server-sent event stream (HTML standard, section 9.2.6). JSON has no raw line breaks. */
export function sseMessage(message: {
  readonly id?: string;
  readonly event?: string;
  readonly data?: unknown;
}): string {
  const { id, event, data } = message;
  return [
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(data === undefined ? [] : [`data: ${JSON.stringify(data)}`]),
    "\n",
  ].join("\n");
}

/** Proxies close what is silent for 30 to 60 seconds; half of the shortest leaves room (milliseconds). */
const HEARTBEAT_MS = 15_000;

/** A comment: readers drop it, proxies see that the stream lives. */
const HEARTBEAT = ":\n\n";

/**
 * The bytes of a stream of messages. The next message is asked for when the reader has taken the one before, so
 * a slow reader costs a cursor and no memory; whoever stops reading ends the source. A source that fails says so
 * in a last message: an answer that has begun cannot become an error any more.
 */
export function sseBody(
  messages: AsyncIterator<string, unknown, undefined>,
  options: {
    readonly failure: (error: unknown) => string;
    readonly signal?: AbortSignal | undefined;
    readonly heartbeatMs?: number;
  },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { failure, signal, heartbeatMs = HEARTBEAT_MS } = options;
  const encoder = new TextEncoder();
  const ending = new AbortController();

  async function end(): Promise<void> {
    if (ending.signal.aborted) return;
    ending.abort();
    await messages.return?.();
  }

  async function nextMessage(): Promise<{ readonly text: string; readonly last: boolean }> {
    try {
      const { value, done } = await messages.next();
      return done === true ? { text: "", last: true } : { text: value, last: false };
    } catch (error) {
      return { text: failure(error), last: true };
    }
  }

  return new ReadableStream(
    {
      start(controller) {
        const beat = () => controller.enqueue(encoder.encode(HEARTBEAT));
        const timer = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) beat();
        }, heartbeatMs);
        const leave = () => {
          controller.close();
          void end().catch(() => undefined);
        };
        ending.signal.addEventListener("abort", () => {
          clearInterval(timer);
          signal?.removeEventListener("abort", leave);
        });
        // At once, so that the headers leave and the reader knows that it is connected.
        beat();
        if (signal?.aborted) leave();
        else signal?.addEventListener("abort", leave);
      },
      async pull(controller) {
        const { text, last } = await nextMessage();
        if (ending.signal.aborted) return;
        if (text !== "") controller.enqueue(encoder.encode(text));
        if (!last) return;
        await end();
        controller.close();
      },
      cancel: end,
    },
    // Room for one: a message is fetched while the one before is on its way, and no further ahead.
    { highWaterMark: 1 },
  );
}
