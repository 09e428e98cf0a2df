import { reviveExtras } from "../domain/content.ts";
import type { EventType, GatewayEvent } from "../domain/event.ts";
import type { EventId } from "../domain/ids.ts";
import type { Restriction } from "../domain/instance.ts";
import type { Message } from "../domain/message.ts";
import { ownerOf } from "../store/sealed.ts";
import type { Vault } from "../store/vault.ts";

/** An event as a row of the log has it. */
export interface StoredEvent {
  /** JSON. Instants are ISO strings; the type has a column of its own. */
  readonly data: string;
  readonly sealed: Uint8Array<ArrayBuffer> | null;
}

export interface EventCodec {
  encode(id: EventId, event: GatewayEvent): StoredEvent;
  /** What `encode` made. Rows are only ever written by it, so the shape is trusted. @throws VaultError */
  decode(id: EventId, type: EventType, stored: StoredEvent): GatewayEvent;
}

/**
 * Whoever sees one of these can take an account over for as long as it is shown, and a QR code holds a
 * secret of the link that it makes: it is not to be read in a file.
 */
const CODES: Readonly<Partial<Record<EventType, "text" | "code">>> = {
  "qr.update": "text",
  "pairing.code": "code",
};

export function eventCodec(vault: Vault): EventCodec {
  return {
    encode(id, { type, ...data }) {
      const code = CODES[type];
      if (code === undefined) return { data: JSON.stringify(data), sealed: null };
      const { [code]: secret, ...rest } = data as Record<string, unknown>;
      const sealed = vault.seal(ownerOf.eventCode(id), Buffer.from(String(secret)));
      return { data: JSON.stringify(rest), sealed };
    },
    decode(id, type, { data: json, sealed }) {
      const event = decoded(type, json);
      const code = CODES[type];
      if (code === undefined || sealed === null) return event;
      const secret = Buffer.from(vault.open(ownerOf.eventCode(id), sealed)).toString();
      return Object.assign(event, { [code]: secret });
    },
  };
}

/** Only instants are not what they were. */
function decoded(type: EventType, json: string): GatewayEvent {
  const data = JSON.parse(json) as Record<string, unknown>;
  if (typeof data["expiresAt"] === "string") data["expiresAt"] = new Date(data["expiresAt"]);
  if (typeof data["lastSeen"] === "string") data["lastSeen"] = new Date(data["lastSeen"]);
  if (typeof data["pinnedUntil"] === "string") data["pinnedUntil"] = new Date(data["pinnedUntil"]);
  const { message, restriction, settings } = data;
  if (isStoredSettings(settings)) {
    data["settings"] = { ...settings, ...revived(settings, "pinnedAt", "mutedUntil") };
  }
  if (isStoredRestriction(restriction)) {
    const { since, until } = restriction;
    const instants = { since: new Date(since), until: until === null ? null : new Date(until) };
    data["restriction"] = { ...restriction, ...instants } satisfies Restriction;
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

function isStoredSettings(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function revived(settings: Readonly<Record<string, unknown>>, ...names: readonly string[]) {
  const instants = names.flatMap((name) => {
    const value = settings[name];
    return typeof value === "string" ? [[name, new Date(value)] as const] : [];
  });
  return Object.fromEntries(instants);
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
