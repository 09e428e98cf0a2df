import type { InstanceId, WebhookId } from "../domain/ids.ts";
import type { Reader } from "../store/database.ts";
import type { Vault } from "../store/vault.ts";
import { openHeaders, openSecret, openOldSecrets } from "./secrets.ts";
import type { Ordering } from "./webhooks.ts";

/** A webhook as the dispatcher needs it: with everything that is secret. */
export interface Endpoint {
  readonly id: WebhookId;
  readonly instanceId: InstanceId | null;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** All of them sign. */
  readonly secrets: readonly string[];
  readonly enabled: boolean;
  readonly ordering: Ordering;
  readonly inlineMedia: boolean;
  /** Milliseconds from each try to the next. */
  readonly retryDelays: readonly number[];
  readonly failingSince: Date | null;
  /** When to read it again: a secret runs out then. */
  readonly validUntil: Date | null;
}

/** @param from `retryDelays` are for webhooks that bring none. */
export async function loadEndpoint(
  from: {
    readonly read: Reader;
    readonly vault: Vault;
    readonly now: number;
    readonly retryDelays: readonly number[];
  },
  id: WebhookId,
): Promise<Endpoint | undefined> {
  const { read, vault, now, retryDelays } = from;
  const row = await read.webhook.findUnique({ where: { id } });
  if (!row) return undefined;
  const old = openOldSecrets(vault, id, row, now);
  return {
    id,
    instanceId: row.instanceId as InstanceId | null,
    url: row.url,
    headers: openHeaders(vault, id, row.headers),
    secrets: [openSecret(vault, id, row.secret), ...old.map(({ secret }) => secret)],
    enabled: row.enabled,
    ordering: row.ordering as Ordering,
    inlineMedia: row.inlineMedia,
    retryDelays: row.retryDelays ? (JSON.parse(row.retryDelays) as number[]) : retryDelays,
    failingSince: row.failingSince,
    validUntil: old[0] ? new Date(old[0].until) : null,
  };
}
