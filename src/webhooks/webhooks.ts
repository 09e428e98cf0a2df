import type { DeliveryId, EventId, InstanceId, WebhookId } from "../domain/ids.ts";
import type { Tx } from "../store/writer.ts";

export const ORDERINGS = ["PER_CHAT", "NONE"] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const DELIVERY_STATES = ["PENDING", "DELIVERED", "FAILED"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const CHAT_KINDS = ["DIRECT", "GROUP", "CHANNEL", "STATUS"] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

export const DIRECTIONS = ["INBOUND", "OUTBOUND"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** An address that gets events. Its secret is shown once, when it is made. */
export interface Webhook {
  readonly id: WebhookId;
  /** Null: the events of all instances. */
  readonly instanceId: InstanceId | null;
  readonly url: string;
  readonly description: string | null;
  /** Event types and patterns; `["*"]` for all. */
  readonly events: readonly string[];
  /** Narrows events that belong to a chat; null for all chats. */
  readonly chatKinds: readonly ChatKind[] | null;
  /** Narrows message events; null for both. */
  readonly direction: Direction | null;
  /** Names only: values may be secrets and are never shown again. */
  readonly headerNames: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly ordering: Ordering;
  /** Milliseconds from each try to the next; null for the usual ten tries over three days. */
  readonly retryDelaysMs: readonly number[] | null;
  /** Since when every delivery has failed; null while all is well. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

export interface CreatedWebhook {
  readonly webhook: Webhook;
  /** `whsec_…`, Standard Webhooks. */
  readonly secret: string;
}

export interface WebhookInput {
  readonly url: string;
  readonly description?: string | null;
  readonly events?: readonly string[] | null;
  readonly chatKinds?: readonly ChatKind[] | null;
  readonly direction?: Direction | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly ordering?: Ordering | null;
  readonly retryDelaysMs?: readonly number[] | null;
  readonly enabled?: boolean | null;
}

/** A checked input, not yet stored. */
export interface WebhookDraft {
  readonly url: string;
  readonly description: string | null;
  readonly events: readonly string[];
  readonly chatKinds: readonly ChatKind[] | null;
  readonly direction: Direction | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly ordering: Ordering;
  readonly retryDelaysMs: readonly number[] | null;
  readonly enabled: boolean;
}

export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly eventId: EventId;
  readonly state: DeliveryState;
  readonly tries: number;
  /** Null when nothing is left to try, or when it goes out as soon as its turn comes. */
  readonly nextAttemptAt: Date | null;
  /** It failed for so long that later events of its chat went ahead. */
  readonly late: boolean;
  /** It was sent again on request. */
  readonly replayed: boolean;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}

export interface Attempt {
  readonly id: string;
  readonly at: Date;
  readonly durationMs: number;
  /** Parts of `durationMs`: null where they took no time, as on a connection that was open already. */
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly error: string | null;
  readonly response: string | null;
  /** When the try after it was due; null after the last. */
  readonly nextAttemptAt: Date | null;
}

/** What callers do with webhooks. The dispatcher beside it does the posting. */
export interface Webhooks {
  /** @throws GatewayError INVALID_ADDRESS (scheme, user info, literal private address), BAD_INPUT (whatever else is wrong) */
  draft(input: WebhookInput): WebhookDraft;
  /** Stores a draft inside the caller's transaction. */
  insert(tx: Tx, instanceId: InstanceId | null, draft: WebhookDraft): Promise<CreatedWebhook>;
  /** @throws GatewayError INSTANCE_NOT_FOUND, BAD_INPUT (too many), and as `draft` does */
  create(instanceId: InstanceId | null, input: WebhookInput): Promise<CreatedWebhook>;
  /** Only what is named changes. Enabling clears the reason. @throws GatewayError WEBHOOK_NOT_FOUND */
  update(id: string, change: Partial<WebhookInput>): Promise<Webhook>;
  /** @throws GatewayError WEBHOOK_NOT_FOUND */
  delete(id: string): Promise<void>;
  /** @throws GatewayError WEBHOOK_NOT_FOUND */
  get(id: string): Promise<Webhook>;
  /** All, or those that get the events of one instance (global ones included). */
  list(instanceId?: string | null): Promise<readonly Webhook[]>;
  /** A new secret, shown this once. For 24 hours the old one signs as well. @throws GatewayError WEBHOOK_NOT_FOUND */
  rotateSecret(id: string): Promise<CreatedWebhook>;
  /** A delivery of a made-up event `webhook.test`, tried once, at once, enabled or not. @throws GatewayError WEBHOOK_NOT_FOUND, UNAVAILABLE */
  test(id: string): Promise<Delivery>;
  /**
   * Sends again: these deliveries, or every matching event after a cursor or since a time. Returns how many.
   * @throws GatewayError WEBHOOK_NOT_FOUND, BAD_INPUT, and as cursors do
   */
  replay(id: string, what: Replay): Promise<number>;
  /** Newest first. `after` is the id of the last delivery of the page before. */
  deliveries(id: string, query: DeliveryQuery): Promise<DeliveryPage>;
  /** Oldest first, for several deliveries at once. */
  attempts(
    deliveryIds: readonly DeliveryId[],
  ): Promise<ReadonlyMap<DeliveryId, readonly Attempt[]>>;
}

export type Replay =
  | { readonly deliveryIds: readonly string[] }
  | { readonly after: string }
  | { readonly since: Date };

export interface DeliveryQuery {
  readonly state?: DeliveryState | null;
  readonly limit: number;
  readonly after?: string | null;
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly hasNextPage: boolean;
}
