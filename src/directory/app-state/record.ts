import type { AppStateChange } from "../../domain/app-state.ts";
import type { EventDraft, GatewayEvent } from "../../domain/event.ts";
import type { EventLog } from "../../events/event-log.ts";
import type { Database } from "../../store/database.ts";
import type { Claim } from "../../store/ownership.ts";
import { ownershipLost, staleClaims } from "../../store/ownership.ts";
import type { Tx } from "../../store/writer.ts";
import { applySettings } from "./chat-settings.ts";
import { applyEmptied, removeMost } from "./empty-chat.ts";
import { applyLabel, applyLabeled } from "./labels.ts";
import { applyRemoval, applyStar } from "./messages.ts";

/** Changes in one transaction: a phone book comes whole with a new link, and others write meanwhile. */
const BATCH = 100;

/**
 * Writes what an account's devices have agreed on, and tells what is new of it, in one transaction each time. What
 * holds already, as after a crash, is no news.
 * @throws GatewayError OWNERSHIP_LOST, STORE_FAILED
 */
export type RecordAppState = (
  claim: Claim,
  changes: readonly AppStateChange[],
  whileOffline: boolean,
) => Promise<void>;

export function createRecordAppState(
  { writer }: Pick<Database, "writer">,
  events: Pick<EventLog, "appendWithin">,
): RecordAppState {
  return async (claim, changes, whileOffline) => {
    for (const change of changes) {
      if (change.kind === "CHAT_EMPTIED") await removeMost(writer, claim.instanceId, change);
    }
    for (let at = 0; at < changes.length; at += BATCH) {
      const batch = changes.slice(at, at + BATCH);
      const isStale = await writer.write(async (tx) => {
        if ((await staleClaims(tx, [claim]))(claim)) return true;
        const drafts: EventDraft[] = [];
        for (const change of batch) {
          const event = await apply(tx, claim, change);
          if (event) drafts.push(draftOf(claim, change, event, whileOffline));
        }
        if (drafts.length > 0) await events.appendWithin(tx, drafts);
        return false;
      });
      if (isStale) throw ownershipLost();
    }
  };
}

function draftOf(
  { instanceId, epoch }: Claim,
  { at: occurredAt }: AppStateChange,
  event: GatewayEvent,
  whileOffline: boolean,
): EventDraft {
  return { instanceId, event, occurredAt, whileOffline, epoch };
}

/** @returns what is to be told of it; nothing when it holds already */
function apply(
  tx: Tx,
  { instanceId }: Claim,
  change: AppStateChange,
): Promise<GatewayEvent | undefined> {
  switch (change.kind) {
    case "CHAT":
      return applySettings(tx, instanceId, change);
    case "CHAT_EMPTIED":
      return applyEmptied(tx, instanceId, change);
    case "STARRED":
      return applyStar(tx, instanceId, change);
    case "MESSAGE_REMOVED":
      return applyRemoval(tx, instanceId, change);
    case "LABEL":
      return applyLabel(tx, instanceId, change);
    case "LABELED":
      return applyLabeled(tx, instanceId, change);
  }
}
