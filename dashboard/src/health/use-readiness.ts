import { useEffect, useState } from "react";
import { useEvery } from "../api/use-every.ts";

export interface Readiness {
  readonly isReady: boolean;
  /** In the gateway's words, such as “database does not answer”. */
  readonly reason: string | undefined;
}

/** What `/readyz` says, which load balancers ask as well. */
export function useReadiness(everyMs: number): Readiness | undefined {
  const [readiness, setReadiness] = useState<Readiness>();
  const look = (): void => {
    fetch("/readyz", { cache: "no-store" })
      .then(async (answer) => ({
        isReady: answer.ok,
        reason: answer.ok
          ? undefined
          : ((await answer.json()) as { error: { message: string } }).error.message,
      }))
      .then(setReadiness, () => setReadiness({ isReady: false, reason: undefined }));
  };
  useEffect(look, []);
  useEvery(everyMs, look);
  return readiness;
}
