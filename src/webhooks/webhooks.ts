import type { ChatKind } from "../domain/chat.ts";
import type { DeliveryId, EventId, InstanceId, WebhookId } from "../domain/ids.ts";
import type { Tx } from "../store/writer.ts";

export const ORDERINGS = ["PER_CHAT", "NONE"] as const;
export type Ordering = (typeof ORDERINGS)[number];

export const DELIVERY_STATES = ["PENDING", "DELIVERED", "FAILED"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

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
  /** Whether small attachments travel inside the deliveries. */
  readonly inlineMedia: boolean;
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
  readonly inlineMedia?: boolean | null;
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
  readonly inlineMedia: boolean;
  readonly enabled: boolean;
}

export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly eventId: EventId;
  /** Such as `message.received`; `webhook.test` for a test. */
  readonly eventType: string;
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

/** How a webhook fares. */
export interface WebhookStatistics {
  /** Deliveries that wait, counted up to 100,000. */
  readonly pending: number;
  /** Of these the ones that are sent again on request. */
  readonly pendingReplayed: number;
  /** What ended in the last 24 hours; the current hour and the 24 before it. */
  readonly delivered: number;
  readonly failed: number;
  /** The part of the attempts of the same time that succeeded, 0 to 1; null if there were none. */
  readonly successRate: number | null;
  /** For how long the oldest event that waits has waited, in milliseconds; null if none does. */
  readonly lagMs: number | null;
}

/** What is sent again on request, and how far that has come. */
export interface Replay {
  readonly id: string;
  readonly webhookId: WebhookId;
  /** Events to look at, or deliveries that were named. */
  readonly total: number;
  /** How many of them were looked at. */
  readonly examined: number;
  /** How many of those the webhook wants, and gets again. */
  readonly queued: number;
  readonly createdAt: Date;
  /** When the last one was put into the queue; null while that goes on. */
  readonly doneAt: Date | null;
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
   * Sends again: these deliveries, or every matching event after a cursor or since a time. Returns at
   * once; single deliveries are in the queue by then, a part of the log is put there page by page.
   * @throws GatewayError WEBHOOK_NOT_FOUND, BAD_INPUT, and as cursors do
   */
  replay(id: string, what: ReplayRequest): Promise<Replay>;
  /** The latest first. @throws GatewayError WEBHOOK_NOT_FOUND */
  replays(id: string, limit: number): Promise<readonly Replay[]>;
  /** One by its id. */
  findReplay(id: string): Promise<Replay | undefined>;
  /** A replay now and whenever it has come further, until it is done or the reader leaves. */
  followReplay(id: string, leave?: AbortSignal): AsyncGenerator<Replay, void, undefined>;
  /** Newest first. `after` is the id of the last delivery of the page before. */
  deliveries(id: string, query: DeliveryQuery): Promise<DeliveryPage>;
  /** One by its id. */
  findDelivery(id: string): Promise<Delivery | undefined>;
  /** Those of one event, to every webhook that gets it. */
  deliveriesOf(eventId: string): Promise<readonly Delivery[]>;
  /**
   * From now on every delivery that is made for a webhook, and each again after an attempt, as it
   * stands when it is read: what changes twice between two reads is told once. What a replay puts
   * back into the queue is told from its next attempt on. Ends with the webhook.
   * @throws GatewayError WEBHOOK_NOT_FOUND
   */
  followDeliveries(
    id: string,
    leave?: AbortSignal,
  ): Promise<AsyncGenerator<Delivery, void, undefined>>;
  /**
   * Until when an endpoint is left alone, because it fails over and over or asked for it (`Retry-After`);
   * whatever is due waits for it. Null while it may be called.
   */
  pausedUntil(id: WebhookId): Date | null;
  /** For several webhooks at once. */
  statistics(ids: readonly WebhookId[]): Promise<ReadonlyMap<WebhookId, WebhookStatistics>>;
  /** The last 20 of each, the oldest first, for several deliveries at once. */
  attempts(
    deliveryIds: readonly DeliveryId[],
  ): Promise<ReadonlyMap<DeliveryId, readonly Attempt[]>>;
}

export type ReplayRequest =
  | { readonly deliveryIds: readonly string[] }
  | { readonly after: string }
  | { readonly since: Date };

export interface DeliveryQuery {
  readonly state?: DeliveryState | null;
  /** Event types and patterns such as `message.*`. */
  readonly eventTypes?: readonly string[] | null;
  /** Only of events that were logged at this time or later. */
  readonly since?: Date | null;
  readonly limit: number;
  readonly after?: string | null;
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly hasNextPage: boolean;
}
