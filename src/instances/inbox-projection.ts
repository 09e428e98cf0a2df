import type { Projection } from "../events/append.ts";
import { markInboxDone } from "./session-rows.ts";

/** The append takes over from the inbox: once a message is in the log (or was there before), its row is done. */
export const inboxProjection: Projection = {
  async record(tx, outcomes) {
    const rows = outcomes.flatMap(({ draft }) =>
      draft.inbox ? [{ instanceId: draft.instanceId, hash: draft.inbox }] : [],
    );
    await markInboxDone(tx, rows);
  },
};
