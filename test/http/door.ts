import { once } from "node:events";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { request } from "node:http";
import { setImmediate } from "node:timers/promises";
import {
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import type { ClientOptions } from "ws";
import { WebSocket } from "ws";
import type { AccessOptions } from "../../src/access/access.ts";
import { createAccess } from "../../src/access/access.ts";
import { GatewayError } from "../../src/domain/errors.ts";
import { createMaskError } from "../../src/graphql/errors.ts";
import type { KeyUse } from "../../src/http/admission.ts";
import type { Api, Call } from "../../src/http/pipeline.ts";
import type { HttpServer, ListenOptions } from "../../src/http/server.ts";
import { listen } from "../../src/http/server.ts";
import { createLog } from "../../src/lib/log.ts";
import { createVault } from "../../src/store/vault.ts";

export const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";

/** What the resolvers saw, for tests that ask whether they were stopped. */
export interface Seen {
  yielded: number;
  running: number;
  lines: string[];
  uses: KeyUse[];
}

export interface Door extends HttpServer {
  readonly seen: Seen;
  readonly api: Api;
  call(options?: CallOptions): Promise<Answer>;
  /** Sends a GraphQL operation as JSON. */
  query(text: string, headers?: OutgoingHttpHeaders): Promise<Answer>;
  socket(options?: ClientOptions, path?: string): WebSocket;
}

export interface CallOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A gateway on which nobody has made keys: only its own is known. */
const NO_KEYS: AccessOptions["keys"] = {
  recognize: () => ({ kind: "unknown" }),
  resume: () => ({ kind: "unknown" }),
  fingerprint: () => null,
};

/** The door of the gateway in front of a schema made for knocking on it. */
export async function openDoor(
  options: Partial<ListenOptions> & { readonly apiKey?: string } = {},
): Promise<Door> {
  const seen: Seen = { yielded: 0, running: 0, lines: [], uses: [] };
  const log = createLog("debug", { write: (line) => void seen.lines.push(line) });
  const { apiKey, ...rest } = options;
  const api: Api = {
    schema: schemaFor(seen),
    context: (given) => ({ ...given }),
    maskError: createMaskError(log),
    openMedia: () => Promise.resolve(undefined),
    plugins: [],
  };
  const server = await listen({
    port: 0,
    host: "127.0.0.1",
    api,
    access: createAccess({ apiKey, keys: NO_KEYS, vault: createVault(new Uint8Array(32)) }),
    onKeyUse: (use) => void seen.uses.push(use),
    allowedOrigins: [],
    allowedHosts: [],
    readiness: async () => [],
    log,
    ...rest,
  });
  const call = (given: CallOptions = {}): Promise<Answer> => send(server.port, given);
  return {
    url: server.url,
    port: server.port,
    seen,
    api,
    call,
    query: (text, headers) =>
      call({
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query: text }),
      }),
    socket: (wsOptions, path = "/graphql") =>
      new WebSocket(`ws://127.0.0.1:${server.port}${path}`, "graphql-transport-ws", wsOptions),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function send(port: number, options: CallOptions): Promise<Answer> {
  const { method = "GET", path = "/graphql", headers = {}, body } = options;
  const outgoing = request({ port, host: "127.0.0.1", method, path, headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [import("node:http").IncomingMessage];
  const chunks = await response.toArray();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks as Buffer[]).toString(),
  };
}

const text = new GraphQLNonNull(GraphQLString);

function schemaFor(seen: Seen): GraphQLSchema {
  const node: GraphQLObjectType = new GraphQLObjectType({
    name: "Node",
    fields: () => ({
      name: { type: text, resolve: () => "n" },
      node: { type: node, resolve: () => ({}) },
    }),
  });
  const query = new GraphQLObjectType<object, Call>({
    name: "Query",
    fields: {
      caller: { type: text, resolve: (_root, _args, { caller }) => caller.name },
      node: { type: node, resolve: () => ({}) },
      nodes: { type: new GraphQLList(node), resolve: () => [{}] },
      bug: {
        type: text,
        resolve: () => {
          throw new Error("secret detail");
        },
      },
      refused: {
        type: text,
        resolve: () => {
          throw new GatewayError("NOT_LINKED", "Link it first.", { instanceId: "a" });
        },
      },
    },
  });
  const echo = {
    type: text,
    args: { text: { type: text } },
    resolve: (_root: object, args: { readonly text: string }) => String(args.text.length),
  };
  const mutation = new GraphQLObjectType<object, Call>({ name: "Mutation", fields: { echo } });
  return new GraphQLSchema({ query, mutation, subscription: subscriptionFor(seen) });
}

async function* breaks(): AsyncGenerator<{ breaks: number }> {
  yield { breaks: 1 };
  await setImmediate();
  throw new Error("secret detail");
}

function subscriptionFor(seen: Seen): GraphQLObjectType<object, Call> {
  async function* ticks(): AsyncGenerator<{ ticks: number }> {
    seen.running += 1;
    try {
      for (;;) {
        seen.yielded += 1;
        if (seen.yielded % 50 === 0) await setImmediate();
        yield { ticks: seen.yielded };
      }
    } finally {
      seen.running -= 1;
    }
  }
  /** A long backlog, all of it at hand: nothing but its reader holds it up. */
  async function* backlog(): AsyncGenerator<{ backlog: number }> {
    seen.running += 1;
    try {
      for (let index = 0; index < 100_000; index += 1) {
        seen.yielded += 1;
        yield { backlog: index };
      }
    } finally {
      seen.running -= 1;
    }
  }
  /** Still on its way to its first item when its reader leaves. */
  async function late(signal: AbortSignal): Promise<AsyncGenerator<{ backlog: number }>> {
    seen.running += 1;
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    seen.running -= 1;
    return backlog();
  }
  async function* silence(signal: AbortSignal): AsyncGenerator<{ silence: number }> {
    seen.running += 1;
    yield { silence: 0 };
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    seen.running -= 1;
  }
  return new GraphQLObjectType<object, Call>({
    name: "Subscription",
    fields: {
      ticks: { type: GraphQLInt, subscribe: ticks },
      silence: { type: GraphQLInt, subscribe: (_root, _args, { signal }) => silence(signal) },
      backlog: { type: GraphQLInt, subscribe: backlog },
      late: { type: GraphQLInt, subscribe: (_root, _args, { signal }) => late(signal) },
      breaks: { type: GraphQLInt, subscribe: breaks },
    },
  });
}
