import { useCallback, useEffect, useRef, useState } from "react";
import type { TypedDocumentString } from "./generated/operations.ts";
import { ask } from "./client.ts";
import { useResumptions } from "./connection.ts";

export interface Asked<Data> {
  /** The latest answer, also while a newer one is on its way. */
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  /** Asks again. */
  readonly again: () => void;
}

/** The answer to a query: asked when the variables change, and again after a lost connection. */
export function useAsk<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const [state, setState] = useState<{
    readonly key: string;
    readonly data?: Data;
    readonly error?: Error;
  }>({ key: "" });
  const [turn, setTurn] = useState(0);
  const resumptions = useResumptions();
  const key = JSON.stringify(variables);
  const latest = useRef(variables);
  latest.current = variables;

  useEffect(() => {
    let isOver = false;
    ask(document, latest.current).then(
      (data) => {
        if (!isOver) setState({ key, data });
      },
      (error: Error) => {
        if (!isOver) setState((known) => ({ ...known, key, error }));
      },
    );
    return () => {
      isOver = true;
    };
  }, [document, key, turn, resumptions]);

  const again = useCallback(() => setTurn((count) => count + 1), []);
  const isOurs = state.key === key;
  return {
    data: isOurs ? state.data : undefined,
    error: isOurs ? state.error : undefined,
    again,
  };
}
