/**
 * Answers the same question about many entries of a list with one call. Keys that are asked for in
 * one turn of one operation are loaded together; nothing is kept after that.
 */
export function batched<Context extends object, Key, Value>(
  load: (context: Context, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (context: Context, key: Key) => Promise<Value | undefined> {
  const open = new WeakMap<
    Context,
    { readonly keys: Set<Key>; readonly loaded: Promise<ReadonlyMap<Key, Value>> }
  >();
  return async (context, key) => {
    let batch = open.get(context);
    if (batch === undefined) {
      const keys = new Set<Key>();
      const loaded = endOfTurn().then(() => {
        open.delete(context);
        return load(context, [...keys]);
      });
      batch = { keys, loaded };
      open.set(context, batch);
    }
    batch.keys.add(key);
    return (await batch.loaded).get(key);
  };
}

/** After every promise that is settled by now: the entries of one list resolve in several rounds of them. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
