import { reviveExtras } from "../domain/content.ts";
import type { EventType, GatewayEvent } from "../domain/event.ts";
import type { Restriction } from "../domain/instance.ts";
import type { Message } from "../domain/message.ts";

/** JSON for the log. Instants become ISO strings; the type has a column of its own. */
export function encodeEvent({ type: _, ...data }: GatewayEvent): string {
  return JSON.stringify(data);
}

/** What `encodeEvent` wrote. Rows are only ever written by it, so the shape is trusted and only instants are revived. */
export function decodeEvent(type: EventType, json: string): GatewayEvent {
  const data = JSON.parse(json) as Record<string, unknown>;
  if (typeof data["expiresAt"] === "string") data["expiresAt"] = new Date(data["expiresAt"]);
  const { message, restriction } = data;
  if (isStoredRestriction(restriction)) {
    const { since, until } = restriction;
    const revived = { since: new Date(since), until: until === null ? null : new Date(until) };
    data["restriction"] = { ...restriction, ...revived } satisfies Restriction;
  }
  if (isStoredMessage(message)) {
    const { timestamp } = message;
    data["message"] = {
      ...message,
      ...reviveExtras(message),
      timestamp: new Date(timestamp),
    } satisfies Message;
  }
  return { type, ...data } as GatewayEvent;
}

type StoredRestriction = Omit<Restriction, "since" | "until"> & {
  readonly since: string;
  readonly until: string | null;
};

function isStoredRestriction(value: unknown): value is StoredRestriction {
  return typeof value === "object" && value !== null && "since" in value;
}

function isStoredMessage(
  value: unknown,
): value is Omit<Message, "timestamp"> & { readonly timestamp: string } {
  return typeof value === "object" && value !== null && "timestamp" in value;
}
