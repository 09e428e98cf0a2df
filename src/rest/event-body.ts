import type { EventDataFragment } from "./generated/operations.ts";

/** An event as REST callers and webhook receivers get it: `data` has the fields of its GraphQL type. */
export function eventBody(event: EventDataFragment) {
  const { id, type, cursor, instanceId, occurredAt, ...data } = event;
  return { id, type, timestamp: occurredAt, instanceId, cursor, data };
}
