import type { Plugin } from "graphql-yoga";
import type { MaskError } from "../graphql/errors.ts";
import type { Answer } from "./answer.ts";
import { Refusal } from "./answer.ts";
import { readBody } from "./body.ts";
import { failureAnswer } from "./failure.ts";
import type { Pipeline } from "./pipeline.ts";
import { follow, run } from "./pipeline.ts";
import { routeFor } from "./routes.ts";
import { sseBody, sseMessage } from "./sse.ts";

/** What Yoga's `getEnveloped` takes; it types neither this nor what comes back. */
type Envelop = (context: object) => Pipeline;

/**
 * Answers every path but GraphQL's own: aliases by running their operation through Yoga's pipeline, so that both
 * doors have the same authentication, limits and masking, and all else with an error in the one shape.
 */
export function useRest(maskError: MaskError): Plugin {
  let graphqlPath: string;
  let getEnveloped: Envelop;
  return {
    onYogaInit({ yoga }) {
      graphqlPath = yoga.graphqlEndpoint;
      getEnveloped = yoga.getEnveloped as Envelop;
    },
    async onRequest({ request, url, serverContext, fetchAPI, endResponse }) {
      if (url.pathname === graphqlPath) return;
      // Without the request: Yoga would refuse mutations because of the alias's own method (GET, DELETE).
      const envelop: Envelop = (params) => getEnveloped({ ...serverContext, params });
      endResponse(await respond(request, url, envelop, fetchAPI.Response, maskError));
    },
  };
}

async function respond(
  request: Request,
  url: URL,
  envelop: Envelop,
  Response: typeof globalThis.Response,
  maskError: MaskError,
): Promise<Response> {
  try {
    const { alias, params } = routeFor(request.method, url.pathname);
    const body = await readBody(request, alias);
    const call = { params, query: queryOf(url), body, headers: request.headers };
    if (alias.stream && request.method === "GET" && accepts(request, "text/event-stream")) {
      const { source: query, variables, answer } = alias.stream(call);
      const pipeline = envelop({ query, variables });
      const messages = await follow(pipeline, { source: query, variables, answer });
      const failure = (error: unknown) =>
        sseMessage({ event: "error", data: failureAnswer(maskError(error)).body });
      const stream = sseBody(messages, { failure, signal: request.signal });
      return new Response(stream, { headers: SSE_HEADERS });
    }
    const operation = alias.operation(call);
    const pipeline = envelop({ query: operation.source, variables: operation.variables });
    return toResponse(await run(pipeline, operation), Response);
  } catch (error) {
    const answer = error instanceof Refusal ? error.answer : failureAnswer(maskError(error));
    return toResponse(answer, Response);
  }
}

const SSE_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx would keep messages back until its buffer is full.
  "x-accel-buffering": "no",
};

function toResponse(
  { status, headers, body, mediaType }: Answer,
  Response: typeof globalThis.Response,
): Response {
  // Answers tell of accounts, QR codes and secrets: no cache on the way keeps one.
  const all = { "cache-control": "no-store", ...headers };
  if (body === undefined) return new Response(null, { status, headers: all });
  const isJson = mediaType === undefined;
  // A line break at the end: in a terminal the prompt would stick to the answer.
  return new Response(
    isJson ? `${JSON.stringify(body)}\n` : (body as string | Uint8Array<ArrayBuffer>),
    {
      status,
      headers: { ...all, "content-type": mediaType ?? "application/json; charset=utf-8" },
    },
  );
}

function accepts(request: Request, mediaType: string): boolean {
  return request.headers.get("accept")?.includes(mediaType) ?? false;
}

/** A name that comes more than once becomes a list, as if it were written with commas. */
function queryOf({ searchParams }: URL): Record<string, string> {
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name).join(",")]),
  );
}
