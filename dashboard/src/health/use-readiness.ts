import { usePolled } from "../api/use-polled.ts";

export interface Readiness {
  readonly isReady: boolean;
  /** In the gateway's words, such as “database does not answer”. */
  readonly reason: string | undefined;
}

/** What `/readyz` says, which load balancers ask as well. */
export const useReadiness = (everyMs: number): Readiness | undefined =>
  usePolled("ready", everyMs, look).data;

async function look(): Promise<Readiness> {
  try {
    const answer = await fetch("/readyz", { cache: "no-store" });
    if (answer.ok) return { isReady: true, reason: undefined };
    const { error } = (await answer.json()) as { readonly error: { readonly message: string } };
    return { isReady: false, reason: error.message };
  } catch {
    return { isReady: false, reason: undefined };
  }
}
