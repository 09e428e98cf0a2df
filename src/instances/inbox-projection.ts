import type { EventDraft, RawStanza } from "../domain/event.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Step } from "../domain/steps.ts";
import type { Projection } from "../events/append.ts";
import type { Tx } from "../store/writer.ts";
import { insertStanzas, markInboxDone, readInboxDone } from "./session-rows.ts";

/**
 * The append takes over from the inbox: once a message is in the log (or was there before), its row is
 * done. What came in a stanza of its own leaves a row that is done at once, and is no news when there
 * is one already: WhatsApp sends again what was stored and not confirmed.
 */
export function inboxProjection(step?: Step): Projection {
  return {
    async admit(tx, drafts) {
      const rows = firstOfEach(drafts);
      const inserted = new Set(rows.size > 0 ? await insertStanzas(tx, [...rows.values()]) : []);
      const news = new Set([...rows].flatMap(([draft, row]) => (inserted.has(row) ? [draft] : [])));
      const old = await oldChanges(tx, drafts);
      return drafts.map((draft) => (!draft.stanza || news.has(draft)) && !old.has(draft));
    },
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

/**
 * A message that comes again is known by its name. What was done to one has no row of its own: it is known by
 * the inbox row it came with, which is done.
 */
async function oldChanges(tx: Tx, drafts: readonly EventDraft[]): Promise<ReadonlySet<EventDraft>> {
  const changes = drafts.filter(({ target, inbox }) => target && inbox);
  if (changes.length === 0) return new Set();
  const rows = await readInboxDone(
    tx,
    changes.map(({ instanceId, inbox }) => ({ instanceId, hash: inbox ?? "" })),
  );
  const seen = new Set(rows.map(({ instanceId, hash }) => `${instanceId} ${hash}`));
  const old = changes.filter(({ instanceId, inbox }) => {
    const name = `${instanceId} ${inbox}`;
    const isOld = seen.has(name);
    seen.add(name);
    return isOld;
  });
  return new Set(old);
}

export interface StanzaRow extends RawStanza {
  readonly instanceId: InstanceId;
}

function firstOfEach(drafts: readonly EventDraft[]): ReadonlyMap<EventDraft, StanzaRow> {
  const rows = new Map<EventDraft, StanzaRow>();
  const seen = new Set<string>();
  for (const draft of drafts) {
    const { stanza, instanceId } = draft;
    const name = `${instanceId} ${stanza?.hash}`;
    if (!stanza || seen.has(name)) continue;
    seen.add(name);
    rows.set(draft, { instanceId, ...stanza });
  }
  return rows;
}
