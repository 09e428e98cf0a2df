import type { Step } from "../domain/steps.ts";
import type { Projection } from "../events/append.ts";
import { markInboxDone } from "./session-rows.ts";

/** The append takes over from the inbox: once a message is in the log (or was there before), its row is done. */
export function inboxProjection(step?: Step): Projection {
  return {
    async record(tx, outcomes) {
      const rows = outcomes.flatMap(({ draft }) =>
        draft.inbox ? [{ instanceId: draft.instanceId, hash: draft.inbox }] : [],
      );
      if (rows.length === 0) return;
      await markInboxDone(tx, rows);
      if (!step) return;
      step("append-written");
      tx.afterCommit(() => step("append-committed"));
    },
  };
}
