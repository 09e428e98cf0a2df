import type { InstanceId, WebhookId } from "../domain/ids.ts";
import type { Bell } from "../lib/bell.ts";

/** Hears, after a commit, which webhooks have something to do and which instances are gone, with their webhooks. */
export type Ring = (ids: Iterable<WebhookId>, gone: readonly InstanceId[]) => void;

export type WebhookBell = Bell<Parameters<Ring>>;
