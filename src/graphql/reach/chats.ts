import type { Chats } from "../../directory/chat.ts";
import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";
import { guardFor } from "./guard.ts";

/** The chats and contacts of the accounts that a caller may know of. */
export function chatsOf(all: Chats, caller: Caller): Chats {
  if (caller.instances === null) return all;
  const guarded = guardFor(caller);
  return {
    async list(query) {
      if (!mayReach(caller, query.instanceId)) throw instanceNotFound(query.instanceId);
      return all.list(query);
    },
    async find(instanceId, id) {
      return mayReach(caller, instanceId) ? all.find(instanceId, id) : undefined;
    },
    async contacts(query) {
      if (!mayReach(caller, query.instanceId)) throw instanceNotFound(query.instanceId);
      return all.contacts(query);
    },
    update: guarded(all.update),
    clear: guarded(all.clear),
    remove: guarded(all.remove),
    label: guarded(all.label),
  };
}
