import type { Watch } from "../../lib/watch.ts";
import type { Reader } from "../../store/database.ts";
import type { Batch } from "./batch.ts";
import { findBatch } from "./rows.ts";

/** A batch now and whenever it has come further, until it is done or cancelled; of none, nothing. */
export async function* followBatch(
  read: Reader,
  id: string,
  watchOf: (id: string) => Watch,
  signal: AbortSignal,
): AsyncGenerator<Batch, void, undefined> {
  using watch = watchOf(id);
  let told = "";
  while (!signal.aborted) {
    const { turn } = watch;
    const batch = await findBatch(read, id);
    if (!batch) return;
    const shown = `${batch.state} ${batch.examined}`;
    if (shown !== told) yield batch;
    told = shown;
    if (batch.doneAt) return;
    await watch.changedSince(turn, signal);
  }
}
