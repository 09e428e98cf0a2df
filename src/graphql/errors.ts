import { GraphQLError } from "graphql";
import { GatewayError } from "../domain/errors.ts";
import type { Log } from "../lib/log.ts";
import { requestIdHere } from "../lib/request-id.ts";

/** The code of what is our own fault. It is in no enum: nobody can build on it. */
const INTERNAL = "INTERNAL";

/** As Yoga asks for it: what was thrown, and a message that is not used here. */
export type MaskError = (error: unknown, message?: string) => GraphQLError;

/**
 * Decides what of an error a caller sees. Gateway errors and GraphQL's own (syntax, validation,
 * variables) are made for callers; of all else only the request's id leaves, and the log has the rest.
 */
export function createMaskError(log: Log): MaskError {
  return (error) => {
    const origin = originOf(error);
    if (origin instanceof GatewayError) {
      return rewritten(error, origin.message, { code: origin.code, ...origin.details });
    }
    if (isGraphQLError(origin)) return isGraphQLError(error) ? error : origin;
    const requestId = requestIdHere();
    const at = isGraphQLError(error) ? error.path?.join(".") : undefined;
    log.error("an operation failed", { requestId, at, err: origin });
    const message = `Something went wrong on our side (request id ${requestId}). The gateway's log has the details under this id.`;
    return rewritten(error, message, { code: INTERNAL, requestId });
  };
}

/** By name, as Yoga does: whoever loads the package as CommonJS has a class of their own. */
function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === "GraphQLError";
}

/** What was thrown first: executors wrap it, sometimes more than once, to add path and location. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (isGraphQLError(origin) && origin.originalError) origin = origin.originalError;
  return origin;
}

/** Keeps where in the operation it happened, and nothing of what was thrown. */
function rewritten(error: unknown, message: string, extensions: Record<string, unknown>) {
  if (!isGraphQLError(error)) return new GraphQLError(message, { extensions });
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes: nodes ?? null, source, positions, path, extensions });
}
