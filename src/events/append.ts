import type { EventDraft, LoggedEvent } from "../domain/event.ts";
import { chatOf } from "../domain/event.ts";
import type { EventId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { staleClaims } from "../store/ownership.ts";
import type { Tx } from "../store/writer.ts";
import type { EventCodec } from "./codec.ts";

/** What became of a draft: an event, nothing new, or the word of an owner that is none any more. */
export type Outcome =
  | { readonly kind: "logged"; readonly draft: EventDraft; readonly logged: LoggedEvent }
  | { readonly kind: "duplicate" | "stale"; readonly draft: EventDraft };

/** A draft, and what its maker writes in the same transaction if it becomes an event. */
export interface Entry extends EventDraft {
  readonly also?: (tx: Tx) => Promise<void>;
}

/** A part of the database that follows from events and is written in their transaction. */
export interface Projection {
  /** Which drafts are news, in their order. Runs before positions are given, and may write. */
  admit?(tx: Tx, drafts: readonly EventDraft[]): Promise<readonly boolean[]>;
  /**
   * Writes what follows. Stale drafts are not shown. What it returns follows too, as events of their own
   * behind these.
   */
  record?(tx: Tx, outcomes: readonly Outcome[]): Promise<readonly EventDraft[] | void>;
}

/** What became of each draft, and of the events that followed from them. */
export interface Appended {
  readonly outcomes: readonly Outcome[];
  readonly consequences: readonly Outcome[];
}

/**
 * Puts entries into the log inside the caller's transaction. The head row is advanced last before
 * the insert and holds its lock until the commit, so positions are dense and in commit order.
 */
export async function appendEntries(
  tx: Tx,
  drafts: readonly Entry[],
  projections: readonly Projection[],
  codec: EventCodec,
): Promise<Appended> {
  const claims = drafts.flatMap(({ instanceId, epoch }) =>
    epoch === null ? [] : [{ instanceId, epoch }],
  );
  const stale = await staleClaims(tx, claims);
  const held = drafts.filter(
    ({ instanceId, epoch }) => epoch === null || !stale({ instanceId, epoch }),
  );
  const news = new Set(await admit(tx, held, projections));
  const logged = await insert(tx, [...news], codec);
  for (const draft of drafts) if (logged.has(draft)) await draft.also?.(tx);
  const outcomes = drafts.map((draft): Outcome => {
    const event = logged.get(draft);
    if (event) return { kind: "logged", draft, logged: event };
    return { kind: held.includes(draft) ? "duplicate" : "stale", draft };
  });
  const seen = outcomes.filter((outcome) => outcome.kind !== "stale");
  const following = await record(tx, seen, projections);
  if (following.length === 0) return { outcomes, consequences: [] };
  const next = await appendEntries(tx, following, projections, codec);
  return { outcomes, consequences: [...next.outcomes, ...next.consequences] };
}

async function record(
  tx: Tx,
  outcomes: readonly Outcome[],
  projections: readonly Projection[],
): Promise<readonly EventDraft[]> {
  const following: EventDraft[] = [];
  if (outcomes.length === 0) return following;
  for (const each of projections) following.push(...((await each.record?.(tx, outcomes)) ?? []));
  return following;
}

async function admit(
  tx: Tx,
  drafts: readonly EventDraft[],
  projections: readonly Projection[],
): Promise<readonly EventDraft[]> {
  let admitted = drafts;
  for (const { admit: ask } of projections) {
    if (!ask || admitted.length === 0) continue;
    const verdicts = await ask(tx, admitted);
    admitted = admitted.filter((_, at) => verdicts[at]);
  }
  return admitted;
}

async function insert(
  tx: Tx,
  drafts: readonly EventDraft[],
  codec: EventCodec,
): Promise<ReadonlyMap<EventDraft, LoggedEvent>> {
  if (drafts.length === 0) return new Map();
  const [row] = await tx.db.$queryRaw<{ head: bigint }[]>`
    UPDATE "LogHead" SET head = head + ${drafts.length} WHERE id = 1 RETURNING head`;
  if (!row) throw new Error("the log has no head: it was never opened");
  const first = Number(row.head) - drafts.length + 1;
  const logged = drafts.map(({ instanceId, event, occurredAt, whileOffline }, at): LoggedEvent => {
    const id = `evt_${newId()}` as EventId;
    return { id, position: first + at, instanceId, event, occurredAt, whileOffline };
  });
  // Retention goes by it: a machine's clock that is set back must not make fresh events look old.
  const now = steadyNow();
  const rows = JSON.stringify(
    logged.map((each) => {
      const chat = chatOf(each.event);
      const { data, sealed } = codec.encode(each.id, each.event);
      const at = each.occurredAt.getTime();
      return [
        each.position,
        each.id,
        each.instanceId,
        each.event.type,
        chat?.id,
        chat?.pn,
        at,
        each.whileOffline ? 1 : 0,
        data,
        sealed && Buffer.from(sealed).toString("hex"),
      ];
    }),
  );
  await tx.db.$executeRaw`
    INSERT INTO "Event"
      (position, id, "instanceId", type, "chatId", "chatPn", "occurredAt", "whileOffline", data, sealed, "loggedAt")
    SELECT json_extract(e.value, '$[0]'), json_extract(e.value, '$[1]'), json_extract(e.value, '$[2]'),
      json_extract(e.value, '$[3]'), json_extract(e.value, '$[4]'), json_extract(e.value, '$[5]'),
      json_extract(e.value, '$[6]'), json_extract(e.value, '$[7]'), json_extract(e.value, '$[8]'),
      unhex(json_extract(e.value, '$[9]')), ${now}
    FROM json_each(${rows}) AS e`;
  return new Map(drafts.map((draft, at) => [draft, logged[at] as LoggedEvent]));
}
