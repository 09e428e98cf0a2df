import { AsyncLocalStorage } from "node:async_hooks";
import { newId } from "./ids.ts";

/**
 * The one thing that is known without being passed: Yoga masks errors where no context of the request is at
 * hand, and an answer, the log and the audit trail are to name a request alike.
 */
const current = new AsyncLocalStorage<string>();

export function withRequestId<T>(id: string, run: () => T): T {
  return current.run(id, run);
}

/** The id of the request whose work this is; a new one where it is nobody's. */
export function requestIdHere(): string {
  return current.getStore() ?? newId();
}
