import type { Caller } from "../domain/caller.ts";
import { Refusal } from "./refusal.ts";

/**
 * The key was good when the request began; its body may have taken two minutes since.
 * @throws Refusal 401 when it is over
 */
export function expectStanding({ name, ended }: Caller): void {
  if (!ended.aborted) return;
  const message = `The API key "${name}" is not valid any more.`;
  throw new Refusal(401, "UNAUTHENTICATED", message, { "www-authenticate": "Bearer" });
}

/**
 * What is made for a caller, as long as they may have it. What they asked for goes on when it was begun, but
 * nothing of it is told to a key that is over.
 * @throws Refusal 401 as soon as it is
 */
export async function whileStanding(caller: Caller, working: Response | Promise<Response>) {
  const over = Promise.withResolvers<never>();
  const end = (): void => {
    try {
      expectStanding(caller);
    } catch (error) {
      over.reject(error);
    }
  };
  caller.ended.addEventListener("abort", end, { once: true });
  end();
  try {
    return await Promise.race([working, over.promise]);
  } finally {
    caller.ended.removeEventListener("abort", end);
  }
}
