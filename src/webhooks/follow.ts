import type { DeliveryId, WebhookId } from "../domain/ids.ts";
import type { Watch } from "../lib/watch.ts";
import type { Reader } from "../store/database.ts";
import { toDelivery } from "./records.ts";
import { findReplay } from "./replay.ts";
import { DELIVERY_STATES } from "./webhooks.ts";
import type { Delivery, Replay } from "./webhooks.ts";

/** So many changes are read at once: all that a reader who stops reading costs. */
const PAGE = 100;

const STATES = JSON.stringify(DELIVERY_STATES);

/** How far a follower has read: both ids only ever grow, in the order of the commits. */
interface Place {
  readonly delivery: string;
  readonly attempt: string;
}

/** Where those stand who want to know what happens from now on. */
export async function placeNow(read: Reader, webhookId: WebhookId): Promise<Place> {
  const [row] = await read.$queryRaw<{ delivery: string | null; attempt: string | null }[]>`
    SELECT
      (SELECT max(last) FROM (SELECT (SELECT max(id) FROM "Delivery"
        WHERE "webhookId" = ${webhookId} AND state = s.value) AS last
        FROM json_each(${STATES}) AS s)) AS delivery,
      (SELECT max(id) FROM "Attempt" WHERE "webhookId" = ${webhookId}) AS attempt`;
  return { delivery: row?.delivery ?? "", attempt: row?.attempt ?? "" };
}

/** Every delivery of a webhook that is made, and again after each attempt, until the webhook is gone. */
export async function* followDeliveries(
  read: Reader,
  webhookId: WebhookId,
  from: Place,
  watch: () => Watch,
  signal: AbortSignal,
): AsyncGenerator<Delivery, void, undefined> {
  using watching = watch();
  let place = from;
  const isLeft = () => signal.aborted;
  while (!isLeft()) {
    const { turn } = watching;
    const changes = await readChanges(read, webhookId, place);
    for (const delivery of await readChanged(read, changes.ids)) {
      if (isLeft()) return;
      yield delivery;
    }
    ({ place } = changes);
    if (changes.more) continue;
    if ((await read.webhook.count({ where: { id: webhookId } })) === 0) return;
    await watching.changedSince(turn, signal);
  }
}

/** A replay now and whenever it has come further, until it is done. */
export async function* followReplay(
  read: Reader,
  id: string,
  watchOf: (webhookId: WebhookId) => Watch,
  signal: AbortSignal,
): AsyncGenerator<Replay, void, undefined> {
  let shown = await findReplay(read, id);
  if (!shown) return;
  using watch = watchOf(shown.webhookId);
  let told = -1;
  const isLeft = () => signal.aborted;
  while (!isLeft()) {
    const { turn } = watch;
    shown = await findReplay(read, id);
    if (!shown) return;
    if (shown.examined > told || shown.doneAt) yield shown;
    told = shown.examined;
    if (shown.doneAt) return;
    await watch.changedSince(turn, signal);
  }
}

async function readChanges(read: Reader, webhookId: WebhookId, place: Place) {
  const made = await read.$queryRaw<{ id: DeliveryId }[]>`
    SELECT d.id FROM json_each(${STATES}) AS s CROSS JOIN "Delivery" AS d
    WHERE d."webhookId" = ${webhookId} AND d.state = s.value AND d.id > ${place.delivery}
    ORDER BY d.id LIMIT ${PAGE}`;
  const tried = await read.attempt.findMany({
    where: { webhookId, id: { gt: place.attempt } },
    orderBy: { id: "asc" },
    take: PAGE,
    select: { id: true, deliveryId: true },
  });
  return {
    ids: new Set([...made.map(({ id }) => id), ...tried.map((each) => each.deliveryId)]),
    place: {
      delivery: made.at(-1)?.id ?? place.delivery,
      attempt: tried.at(-1)?.id ?? place.attempt,
    },
    more: made.length === PAGE || tried.length === PAGE,
  };
}

async function readChanged(read: Reader, ids: ReadonlySet<string>): Promise<readonly Delivery[]> {
  if (ids.size === 0) return [];
  const rows = await read.delivery.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: "asc" },
  });
  return rows.map(toDelivery);
}
