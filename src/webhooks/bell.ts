import type { WebhookId } from "../domain/ids.ts";

/**
 * Joins the log, which comes first and rings for webhooks that have something to do, with the
 * dispatcher, which comes later. What rings before that is not lost: it is in the database.
 */
export class Bell {
  #answer: ((ids: Iterable<WebhookId>) => void) | undefined;

  readonly ring = (ids: Iterable<WebhookId>): void => this.#answer?.(ids);

  answer(answer: (ids: Iterable<WebhookId>) => void): void {
    this.#answer = answer;
  }
}
