import { GatewayError } from "../domain/errors.ts";
import { EVENT_TYPES, isEventPattern, matchesPattern } from "../domain/event.ts";

/** Which events a reader wants; what is left out is not asked about. */
export interface EventFilter {
  /** Types and patterns such as `message.*`. */
  readonly types?: readonly string[] | null | undefined;
  readonly instanceIds?: readonly string[] | null | undefined;
  /** Chat ids, by LID or by phone number. */
  readonly chatIds?: readonly string[] | null | undefined;
}

/** A filter with its patterns spelled out, as the log's queries take it. */
export interface CheckedFilter {
  readonly types: readonly string[] | null;
  readonly instanceIds: readonly string[] | null;
  readonly chatIds: readonly string[] | null;
}

export const EVERYTHING: CheckedFilter = { types: null, instanceIds: null, chatIds: null };

/** @throws GatewayError BAD_INPUT for a type that does not exist: a misspelt filter would be silent for ever. */
export function checkFilter(filter: EventFilter): CheckedFilter {
  return {
    types: filter.types ? expand(filter.types) : null,
    instanceIds: filter.instanceIds ?? null,
    chatIds: filter.chatIds ?? null,
  };
}

function expand(patterns: readonly string[]): readonly string[] | null {
  for (const pattern of patterns) {
    if (!isEventPattern(pattern)) {
      throw new GatewayError(
        "BAD_INPUT",
        `There is no event type "${pattern}". Use a type such as message.received, a pattern such as message.*, or *.`,
        { type: pattern },
      );
    }
  }
  if (patterns.includes("*")) return null;
  return EVENT_TYPES.filter((type) => patterns.some((pattern) => matchesPattern(pattern, type)));
}
