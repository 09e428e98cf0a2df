import type { EventType, GatewayEvent } from "../domain/event.ts";
import type { Message } from "../domain/message.ts";

/** JSON for the log. Instants become ISO strings; the type has a column of its own. */
export function encodeEvent({ type: _, ...data }: GatewayEvent): string {
  return JSON.stringify(data);
}

/** What `encodeEvent` wrote. Rows are only ever written by it, so the shape is trusted and only instants are revived. */
export function decodeEvent(type: EventType, json: string): GatewayEvent {
  const data = JSON.parse(json) as Record<string, unknown>;
  if (typeof data["expiresAt"] === "string") data["expiresAt"] = new Date(data["expiresAt"]);
  const message = data["message"];
  if (isStoredMessage(message)) {
    data["message"] = { ...message, timestamp: new Date(message.timestamp) } satisfies Message;
  }
  return { type, ...data } as GatewayEvent;
}

function isStoredMessage(
  value: unknown,
): value is Omit<Message, "timestamp"> & { readonly timestamp: string } {
  return typeof value === "object" && value !== null && "timestamp" in value;
}
