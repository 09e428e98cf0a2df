import { createClient } from "graphql-ws/client";
import { type Stream, streamOf } from "./stream.ts";

/** A GraphQL subscription over the gateway's WebSocket; its items are the operation's data. */
export function subscribe<T>(
  base: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  connectionParams: Readonly<Record<string, unknown>> = {},
): Stream<T> {
  const url = `${base.replace("http", "ws")}/graphql`;
  const client = createClient({ url, connectionParams, retryAttempts: 0 });
  const results = client.iterate<T>({ query, variables });
  async function* data(): AsyncGenerator<T, void, undefined> {
    for await (const result of results) {
      if (result.errors !== undefined || result.data === undefined || result.data === null) {
        throw new Error(`the subscription answered ${JSON.stringify(result)}`);
      }
      yield result.data;
    }
  }
  return streamOf(data(), () => client.dispose());
}
