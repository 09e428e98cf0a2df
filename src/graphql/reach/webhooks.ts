import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { GatewayError, instanceNotFound } from "../../domain/errors.ts";
import type { Webhook, WebhookInput, Webhooks } from "../../webhooks/webhooks.ts";
import { webhookNotFound } from "../../webhooks/records.ts";
import { expectEvents } from "./events.ts";

/** An input that leaves the types out means all of them. */
const ALL = ["*"];

/** What of a webhook decides on who gets which events. */
const REDIRECTING = ["url", "events", "chatKinds", "direction", "headers", "inlineMedia"] as const;

/**
 * The webhooks that a caller may know of: those of their accounts. One that gets the events of all
 * accounts is nobody's but an owner of all. And nobody has events sent that they may not read themselves.
 */
export function webhooksOf(all: Webhooks, caller: Caller): Webhooks {
  if (caller.instances === null && caller.scopes === null) return all;
  const isReachable = ({ instanceId }: Webhook): boolean => mayReach(caller, instanceId);
  async function reach(id: string): Promise<Webhook> {
    const webhook = await all.get(id);
    if (!isReachable(webhook)) throw webhookNotFound(id);
    return webhook;
  }
  const draft = (input: WebhookInput) => {
    expectEvents(caller, input.events ?? ALL);
    return all.draft(input);
  };
  return {
    draft,
    insert: (tx, instanceId, made) => all.insert(tx, instanceId, made),
    async create(instanceId, input) {
      expectEvents(caller, input.events ?? ALL);
      if (mayReach(caller, instanceId)) return all.create(instanceId, input);
      if (instanceId !== null) throw instanceNotFound(instanceId);
      throw new GatewayError(
        "FORBIDDEN",
        `The key "${caller.name}" does not reach all instances: name the one whose events the webhook gets.`,
      );
    },
    async update(id, change) {
      const webhook = await reach(id);
      // Whoever points it to another address, or asks for more, gets what it gets.
      if (REDIRECTING.some((field) => change[field] !== undefined)) {
        expectEvents(caller, change.events ?? webhook.events);
      }
      return all.update(id, change);
    },
    async delete(id) {
      await reach(id);
      await all.delete(id);
    },
    get: reach,
    list: async (instanceId) => (await all.list(instanceId)).filter(isReachable),
    async rotateSecret(id) {
      await reach(id);
      return all.rotateSecret(id);
    },
    async test(id) {
      await reach(id);
      return all.test(id);
    },
    async replay(id, what) {
      await reach(id);
      return all.replay(id, what);
    },
    async replays(id, limit) {
      await reach(id);
      return all.replays(id, limit);
    },
    async findReplay(id) {
      const replay = await all.findReplay(id);
      return replay && (await reaches(replay.webhookId)) ? replay : undefined;
    },
    async *followReplay(id, leave) {
      const replay = await all.findReplay(id);
      if (replay && (await reaches(replay.webhookId))) yield* all.followReplay(id, leave);
    },
    async deliveries(id, query) {
      await reach(id);
      return all.deliveries(id, query);
    },
    async findDelivery(id) {
      const delivery = await all.findDelivery(id);
      return delivery && (await reaches(delivery.webhookId)) ? delivery : undefined;
    },
    async deliveriesOf(eventId) {
      const found = await all.deliveriesOf(eventId);
      const theirs = await Promise.all(found.map(({ webhookId }) => reaches(webhookId)));
      return found.filter((_, at) => theirs[at]);
    },
    async followDeliveries(id, leave) {
      await reach(id);
      return all.followDeliveries(id, leave);
    },
    // These are asked about webhooks and deliveries that were found before.
    pausedUntil: (id) => all.pausedUntil(id),
    statistics: (ids) => all.statistics(ids),
    attempts: (ids) => all.attempts(ids),
  };

  async function reaches(webhookId: string): Promise<boolean> {
    return reach(webhookId).then(
      () => true,
      () => false,
    );
  }
}
