import type { DeliveryId, EventId, InstanceId, WebhookId } from "../domain/ids.ts";
import type { Tx } from "../store/writer.ts";

export const ORDERINGS = ["PER_CHAT", "NONE"] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const DELIVERY_STATES = ["PENDING", "DELIVERED", "FAILED"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An address that gets events. Its secret is shown once, when it is made. */
export interface Webhook {
  readonly id: WebhookId;
  /** Null: the events of all instances. */
  readonly instanceId: InstanceId | null;
  readonly url: string;
  /** Event types and patterns; `["*"]` for all. */
  readonly events: readonly string[];
  /** Names only: values may be secrets and are never shown again. */
  readonly headerNames: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly ordering: Ordering;
  readonly createdAt: Date;
}

export interface CreatedWebhook {
  readonly webhook: Webhook;
  /** `whsec_…`, Standard Webhooks. */
  readonly secret: string;
}

export interface WebhookInput {
  readonly url: string;
  readonly events?: readonly string[] | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly ordering?: Ordering | null;
  readonly enabled?: boolean | null;
}

/** A checked input, not yet stored. */
export interface WebhookDraft {
  readonly url: string;
  readonly events: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly ordering: Ordering;
  readonly enabled: boolean;
}

export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly eventId: EventId;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}

export interface Attempt {
  readonly id: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly error: string | null;
  readonly response: string | null;
}

/** What callers do with webhooks. The dispatcher beside it does the posting. */
export interface Webhooks {
  /** @throws GatewayError INVALID_ADDRESS (scheme, user info, literal private address), BAD_INPUT (event type, header) */
  draft(input: WebhookInput): WebhookDraft;
  /** Stores a draft inside the caller's transaction. */
  insert(tx: Tx, instanceId: InstanceId | null, draft: WebhookDraft): Promise<CreatedWebhook>;
  create(instanceId: InstanceId | null, input: WebhookInput): Promise<CreatedWebhook>;
  /** Only what is named changes. Enabling clears the reason. @throws GatewayError WEBHOOK_NOT_FOUND */
  update(id: string, change: Partial<WebhookInput>): Promise<Webhook>;
  /** @throws GatewayError WEBHOOK_NOT_FOUND */
  delete(id: string): Promise<void>;
  /** @throws GatewayError WEBHOOK_NOT_FOUND */
  get(id: string): Promise<Webhook>;
  /** All, or those that get the events of one instance (global ones included). */
  list(instanceId?: string | null): Promise<readonly Webhook[]>;
  /** A delivery of a made-up event `webhook.test`, at once. */
  test(id: string): Promise<Delivery>;
  /** Sends again: these deliveries, or every matching event after a cursor or since a time. Returns how many. */
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
