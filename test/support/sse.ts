import { type Stream, streamOf } from "./stream.ts";

/** A message of a server-sent event stream: `data` is parsed, and absent where only the id moves on. */
export interface SseMessage<T> {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: T | undefined;
}

/** Opens a stream; resolves once its headers have come. */
export async function openSse<T>(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stream<SseMessage<T>>> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    headers: { accept: "text/event-stream", ...headers },
    signal: leaving.signal,
  });
  if (response.status !== 200 || response.body === null) {
    throw new Error(`GET ${url} answered ${response.status} ${await response.text()}`);
  }
  return streamOf(messagesIn<T>(response.body), () => leaving.abort());
}

async function* messagesIn<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<SseMessage<T>> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split("\n")
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field("data");
      const message = { id: field("id"), event: field("event") };
      // A heartbeat is a comment: it has neither.
      if (message.id === undefined && data === undefined) continue;
      yield { ...message, data: data === undefined ? undefined : (JSON.parse(data) as T) };
    }
  }
}
