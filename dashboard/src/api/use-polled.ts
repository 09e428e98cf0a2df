import { useCallback, useEffect, useRef, useState } from "react";
import { useEvery } from "./use-every.ts";

interface Polled<T> {
  /** The latest answer, also while a newer one is on its way. */
  readonly data: T | undefined;
  readonly error: Error | undefined;
  /** Asks at once. */
  readonly again: () => void;
}

/**
 * What a call answers, asked again and again: for what tells nobody when it changes.
 * @param key anew whenever this changes
 */
export function usePolled<T>(key: string, everyMs: number, ask: () => Promise<T>): Polled<T> {
  const [state, setState] = useState<{ readonly key: string; data?: T; error?: Error }>({ key });
  const latest = useRef({ key, ask });
  latest.current = { key, ask };
  const again = useCallback(() => {
    const { current } = latest;
    const isLatest = (): boolean => latest.current.key === current.key;
    current.ask().then(
      (data) => isLatest() && setState({ key: current.key, data }),
      (error: Error) => isLatest() && setState((known) => ({ ...known, key: current.key, error })),
    );
  }, []);
  useEffect(again, [key, again]);
  useEvery(everyMs, again);
  const isOurs = state.key === key;
  return {
    data: isOurs ? state.data : undefined,
    error: isOurs ? state.error : undefined,
    again,
  };
}
