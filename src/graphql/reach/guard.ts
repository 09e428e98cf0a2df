import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";

/** Has a method that begins with an instance answer for those that a caller may know of, and for no other. */
export function guardFor(caller: Caller) {
  return <Rest extends readonly unknown[], Result>(
    method: (instanceId: string, ...rest: Rest) => Promise<Result>,
  ) =>
    async (instanceId: string, ...rest: Rest): Promise<Result> => {
      if (!mayReach(caller, instanceId)) throw instanceNotFound(instanceId);
      return method(instanceId, ...rest);
    };
}
