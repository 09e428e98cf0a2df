import { useEffect, useRef } from "react";
import type { TypedDocumentString } from "./generated/operations.ts";
import { follow } from "./follow.ts";

/** Follows a subscription while the component stands; anew when the variables change. */
export function useFollow<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables | undefined,
  onData: (data: Data) => void,
): void {
  const key = variables && JSON.stringify(variables);
  const latest = useRef(onData);
  latest.current = onData;
  useEffect(() => {
    if (key === undefined) return undefined;
    const fixed = JSON.parse(key) as Variables;
    return follow(document, {
      variables: () => fixed,
      onData: (data) => latest.current(data),
    });
  }, [document, key]);
}
