import { useCallback, useEffect, useRef, useState } from "react";
import { useEvery } from "../api/use-every.ts";

/** A phone is looked at as often as one would (milliseconds): the simulator tells nobody of anything. */
const EVERY_MS = 1_000;

/**
 * What a call answers, asked again every second.
 * @param key anew whenever this changes
 */
export function usePolled<T>(
  key: string,
  ask: () => Promise<T>,
): { readonly data: T | undefined; readonly error: Error | undefined; readonly again: () => void } {
  const [state, setState] = useState<{ readonly key: string; data?: T; error?: Error }>({ key });
  const latest = useRef({ key, ask });
  latest.current = { key, ask };
  const again = useCallback(() => {
    const { current } = latest;
    const isLatest = (): boolean => latest.current.key === current.key;
    current.ask().then(
      (data) => isLatest() && setState({ key: current.key, data }),
      (error: Error) => isLatest() && setState((known) => ({ ...known, error })),
    );
  }, []);
  useEffect(again, [key, again]);
  useEvery(EVERY_MS, again);
  const isOurs = state.key === key;
  return { data: isOurs ? state.data : undefined, error: state.error, again };
}
