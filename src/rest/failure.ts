import type { GraphQLError } from "graphql";
import type { Answer } from "./answer.ts";
import { errorBody } from "./answer.ts";
import { statusOf } from "./status.ts";

/** A GraphQL error as REST tells it. One without a code is about the variables: the call's own words. */
export function failureAnswer({ message, extensions }: GraphQLError): Answer {
  const { code: given, http, ...details } = extensions;
  const code = typeof given === "string" ? given : "BAD_INPUT";
  const status = statusOf(code) ?? httpStatus(http) ?? 400;
  return {
    status,
    ...(status === 401 && { headers: { "www-authenticate": "Bearer" } }),
    body: errorBody(code, message, details),
  };
}

/** Yoga's convention: a plugin that refuses says with which status. */
function httpStatus(http: unknown): number | undefined {
  if (typeof http !== "object" || http === null || !("status" in http)) return undefined;
  return typeof http.status === "number" ? http.status : undefined;
}
