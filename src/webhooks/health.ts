import type { EventDraft } from "../domain/event.ts";
import type { InstanceId, WebhookId } from "../domain/ids.ts";
import type { Tx, Writer } from "../store/writer.ts";
import { callBackRetries } from "./due.ts";
import type { Verdict } from "./outcome.ts";

/** So long nothing but failures (milliseconds), and a webhook is disabled: well past the last try of what failed first. */
const DISABLE_AFTER_MS = 5 * 24 * 3_600_000;

/** A time of nothing but failures that is shorter than this (milliseconds) is a hiccup: to bring all retries forward would use up their tries. */
const OUTAGE_MS = 60_000;

export type AppendWithin = (tx: Tx, drafts: readonly EventDraft[]) => Promise<unknown>;

export interface HealthParts {
  readonly writer: Writer;
  readonly append: AppendWithin;
  readonly now: () => number;
  /** Called once retries are due before their time. */
  readonly calledBack: () => void;
  /** Called once the webhook is disabled. */
  readonly disabled: (reason: string) => void;
}

/** Whether an endpoint has failed for so long that all which waits for it is to be sent once it answers. */
export function isOutage(failingSince: Date | null, now: number): boolean {
  return failingSince !== null && now - failingSince.getTime() >= OUTAGE_MS;
}

/** What is remembered of an endpoint beyond one delivery, in the webhook's row, so that a restart does not begin anew. */
export class Health {
  readonly #id: WebhookId;
  readonly #parts: HealthParts;
  #known: object | undefined;
  #failingSince: Date | null = null;

  constructor(id: WebhookId, parts: HealthParts) {
    this.#id = id;
    this.#parts = parts;
  }

  /** @param wasDead the endpoint had been given up when this try began. */
  async report(
    endpoint: { readonly failingSince: Date | null },
    instanceId: InstanceId,
    verdict: Verdict,
    wasDead: boolean,
  ): Promise<void> {
    if (this.#known !== endpoint) this.#failingSince = endpoint.failingSince;
    this.#known = endpoint;
    switch (verdict.kind) {
      case "delivered":
        if (this.#failingSince !== null) await this.#recover(wasDead);
        return;
      case "gone":
        await this.#disable(instanceId, "The endpoint answered 410 Gone.");
        return;
      case "retry": {
        const now = this.#parts.now();
        if (this.#failingSince === null) await this.#failSince(new Date(now));
        else if (now - this.#failingSince.getTime() >= DISABLE_AFTER_MS) {
          await this.#disable(instanceId, "Every delivery failed for 5 days.");
        }
        return;
      }
      case "skipped":
        return;
    }
  }

  async #failSince(since: Date): Promise<void> {
    this.#failingSince = since;
    const where = { id: this.#id };
    await this.#parts.writer.write(({ db }) =>
      db.webhook.updateMany({ where, data: { failingSince: since } }),
    );
  }

  async #recover(wasDead: boolean): Promise<void> {
    const { writer, now, calledBack } = this.#parts;
    const id = this.#id;
    // The outage was the endpoint's: to let its deliveries wait out their schedules would only make them later.
    const ended = wasDead && isOutage(this.#failingSince, now());
    this.#failingSince = null;
    await writer.write(async (tx) => {
      await tx.db.webhook.updateMany({ where: { id }, data: { failingSince: null } });
      if (!ended) return;
      await callBackRetries(tx, id);
      tx.afterCommit(calledBack);
    });
  }

  async #disable(instanceId: InstanceId, reason: string): Promise<void> {
    const { writer, append, now, disabled } = this.#parts;
    const webhookId = this.#id;
    await writer.write(async (tx) => {
      const { count } = await tx.db.webhook.updateMany({
        where: { id: webhookId, enabled: true },
        data: { enabled: false, disabledReason: reason },
      });
      if (count === 0) return;
      const event = { type: "webhook.disabled", webhookId, reason } as const;
      const occurredAt = new Date(now());
      await append(tx, [{ instanceId, event, occurredAt, whileOffline: false, epoch: null }]);
      tx.afterCommit(() => disabled(reason));
    });
  }
}
