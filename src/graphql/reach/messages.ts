import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";
import type { Messages } from "../../messages/messages.ts";

/** The messages of the accounts that a caller may know of. */
export function messagesOf(all: Messages, caller: Caller): Messages {
  if (caller.instances === null) return all;
  const expect = (id: string): void => {
    if (!mayReach(caller, id)) throw instanceNotFound(id);
  };
  return {
    async send(request) {
      expect(request.instanceId);
      return all.send(request);
    },
    async change(request) {
      expect(request.instanceId);
      return all.change(request);
    },
    async mark(request) {
      expect(request.instanceId);
      return all.mark(request);
    },
    async cancel(instanceId, messageId) {
      expect(instanceId);
      return all.cancel(instanceId, messageId);
    },
    async list(query) {
      expect(query.instanceId);
      return all.list(query);
    },
    async find(uid) {
      const found = await all.find(uid);
      return found && mayReach(caller, found.message.instanceId) ? found : undefined;
    },
    // These are asked about accounts, chats and messages that were found before.
    deliverability: (id) => all.deliverability(id),
    pace: (id, pacing) => all.pace(id, pacing),
    receipts: (uid) => all.receipts(uid),
    latest: (chats) => all.latest(chats),
    reactions: (uids) => all.reactions(uids),
    votes: (uids) => all.votes(uids),
  };
}
