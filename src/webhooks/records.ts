import type { ChatKind } from "../domain/chat.ts";
import type { DeliveryId, EventId, InstanceId, WebhookId } from "../domain/ids.ts";
import { GatewayError } from "../domain/errors.ts";
import type { Reader } from "../store/database.ts";
import type { Vault } from "../store/vault.ts";
import { openHeaders } from "./secrets.ts";
import type {
  Attempt,
  Delivery,
  DeliveryState,
  Direction,
  Ordering,
  Replay,
  Webhook,
} from "./webhooks.ts";

type Row<Table extends "webhook" | "delivery" | "attempt" | "replay"> = Awaited<
  ReturnType<Reader[Table]["findUniqueOrThrow"]>
>;

export function toWebhook(vault: Vault, row: Row<"webhook">): Webhook {
  return {
    id: row.id as WebhookId,
    instanceId: row.instanceId as InstanceId | null,
    url: row.url,
    description: row.description,
    events: JSON.parse(row.events) as string[],
    chatKinds: row.chatKinds === null ? null : (JSON.parse(row.chatKinds) as ChatKind[]),
    direction: row.direction as Direction | null,
    headerNames: Object.keys(openHeaders(vault, row.id, row.headers)),
    enabled: row.enabled,
    disabledReason: row.disabledReason,
    ordering: row.ordering as Ordering,
    retryDelaysMs: row.retryDelays === null ? null : (JSON.parse(row.retryDelays) as number[]),
    inlineMedia: row.inlineMedia,
    failingSince: row.failingSince,
    createdAt: row.createdAt,
  };
}

export function toDelivery(row: Row<"delivery">): Delivery {
  return {
    id: row.id as DeliveryId,
    webhookId: row.webhookId as WebhookId,
    eventId: row.eventId as EventId,
    eventType: row.type,
    state: row.state as DeliveryState,
    tries: row.tries,
    nextAttemptAt: row.nextAt,
    late: row.late,
    replayed: row.replayed,
    createdAt: row.createdAt,
    doneAt: row.doneAt,
  };
}

export function toAttempt(row: Row<"attempt">): Attempt {
  const { deliveryId: _, webhookId: __, nextAt, ...rest } = row;
  return { ...rest, nextAttemptAt: nextAt };
}

export function toReplay(row: Row<"replay">): Replay {
  const { id, total, requeued: queued, createdAt, doneAt } = row;
  const webhookId = row.webhookId as WebhookId;
  const examined = total - Number(row.to - row.after);
  return { id, webhookId, total, examined, queued, createdAt, doneAt };
}

export function webhookNotFound(id: string): GatewayError {
  return new GatewayError(
    "WEBHOOK_NOT_FOUND",
    `There is no webhook "${id}". List the webhooks to see their ids.`,
    { webhookId: id },
  );
}
