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
 * a slow reader costs a cursor and no memory; whoever stops reading ends the source.
 */
export function sseBody(
  messages: AsyncIterator<string, unknown, undefined>,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly heartbeatMs?: number;
  } = {},
): ReadableStream<Uint8Array> {
  const { signal, heartbeatMs = HEARTBEAT_MS } = options;
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout | undefined;
  let ended = false;

  const end = async () => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    signal?.removeEventListener("abort", leave);
    await messages.return?.();
  };
  const leave = () => void end().catch(() => undefined);

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (signal?.aborted) return end();
        signal?.addEventListener("abort", leave, { once: true });
        // At once, so that headers leave and the reader knows that it is connected.
        controller.enqueue(encoder.encode(HEARTBEAT));
        heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(HEARTBEAT));
        }, heartbeatMs);
        return undefined;
      },
      async pull(controller) {
        const { value, done } = await messages.next();
        if (ended) return;
        if (done !== true) controller.enqueue(encoder.encode(value));
        else {
          await end();
          controller.close();
        }
      },
      cancel: end,
    },
    // One message ahead: the pull that waits for the next is made while the last is on its way.
    { highWaterMark: 1 },
  );
}
