import type { InstanceId, WebhookId } from "../domain/ids.ts";

/** Hears, after a commit, which webhooks have something to do and which instances are gone, with their webhooks. */
export type Ring = (ids: Iterable<WebhookId>, gone: readonly InstanceId[]) => void;

/**
 * Joins the log, which comes first and rings for webhooks that have something to do, with the
 * dispatcher, which comes later. What rings before that is not lost: it is in the database.
 */
export class Bell {
  #answer: Ring | undefined;

  readonly ring: Ring = (ids, gone) => this.#answer?.(ids, gone);

  answer(answer: Ring): void {
    this.#answer = answer;
  }
}
