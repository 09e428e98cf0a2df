import type { GraphQLError, GraphQLSchema } from "graphql";
import type { Plugin, YogaServerInstance } from "graphql-yoga";
import { createLRUCache, createYoga } from "graphql-yoga";
import { createFetch } from "@whatwg-node/fetch";
import type { Caller } from "../domain/caller.ts";
import type { MediaRoom } from "../media/media.ts";
import { useLimits } from "./limit-plugin.ts";
import { FORM_LIMITS, KEPT_DOCUMENTS } from "./limits.ts";

/** Who asks, and until when: what the context of every operation is made from. */
export interface Call {
  readonly caller: Caller;
  /** Takes one more of what the key may do in a minute. @returns whether it may */
  readonly takeTurn: () => boolean;
  /** The network address that the caller has for us. */
  readonly address: string | null;
  /** Made for this call alone; the answer's `X-Request-Id`. */
  readonly requestId: string;
  /** How the caller reaches the gateway, such as `http://localhost:5000`. */
  readonly origin: string;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
}

/** What the door serves. */
export interface Api {
  readonly schema: GraphQLSchema;
  readonly context: (call: Call) => object;
  /** Decides what of an error a caller sees. */
  readonly maskError: (error: unknown, message: string) => GraphQLError;
  /** What is behind a signed link. */
  readonly openMedia: MediaRoom["open"];
  /** Answer paths beside `/graphql`; asked in this order. */
  readonly plugins: readonly Plugin[];
}

// `object` contexts: what is in them is between the schema and who made the context.
export type Pipeline = YogaServerInstance<Call, object>;

/** Yoga ends every URL that ends like this with 200, whatever the path: `/graphql?x=/health`. No URL has a line break. */
const NO_HEALTH_CHECK = "\n";

/** The one way to the schema, for HTTP, SSE, WebSocket and the aliases alike. */
export function createPipeline(api: Api): Pipeline {
  return createYoga<Call, object>({
    schema: api.schema,
    context: ({ caller, takeTurn, address, requestId, origin, signal }) =>
      api.context({ caller, takeTurn, address, requestId, origin, signal }),
    fetchAPI: createFetch({ formDataLimits: FORM_LIMITS }),
    maskedErrors: { maskError: api.maskError },
    graphqlEndpoint: "/graphql",
    healthCheckEndpoint: NO_HEALTH_CHECK,
    landingPage: false,
    graphiql: false,
    cors: false,
    batching: false,
    // The body has been read and measured before; Yoga's own measuring costs half of its time.
    maxRequestBodySize: false,
    // What is worth a line is logged where it is masked.
    logging: false,
    parserAndValidationCache: {
      documentCache: createLRUCache({ max: KEPT_DOCUMENTS }),
      errorCache: createLRUCache({ max: KEPT_DOCUMENTS }),
    },
    plugins: [...api.plugins, useExactPath(), useLimits()],
  });
}

/** Yoga answers every URL that ends in `/graphql`, `/x/graphql` and `/x?y=/graphql` among them. */
function useExactPath(): Plugin {
  return {
    onRequest({ url, endResponse, fetchAPI }) {
      if (url.pathname === "/graphql") return;
      const error = { code: "NOT_FOUND", message: `There is nothing at ${url.pathname}.` };
      endResponse(fetchAPI.Response.json({ error }, { status: 404 }));
    },
  };
}
