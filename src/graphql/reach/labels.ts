import type { Labels } from "../../directory/labels.ts";
import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";

/** The labels of the accounts that a caller may know of. */
export function labelsOf(all: Labels, caller: Caller): Labels {
  if (caller.instances === null) return all;
  const expect = (id: string): void => {
    if (!mayReach(caller, id)) throw instanceNotFound(id);
  };
  return {
    async list(instanceId) {
      expect(instanceId);
      return all.list(instanceId);
    },
    async save(instanceId, wish) {
      expect(instanceId);
      return all.save(instanceId, wish);
    },
    async remove(instanceId, labelId) {
      expect(instanceId);
      return all.remove(instanceId, labelId);
    },
    // These are asked about chats and messages that were found before.
    ofChats: (chats) => all.ofChats(chats),
    ofMessages: (uids) => all.ofMessages(uids),
  };
}
