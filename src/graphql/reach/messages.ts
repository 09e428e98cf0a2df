import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound, messageNotFound } from "../../domain/errors.ts";
import type { SendContent } from "../../messages/content/draft.ts";
import type { Messages } from "../../messages/messages.ts";

/**
 * An attachment is sent again by the name of its message, which may be another account's.
 * @throws GatewayError MESSAGE_NOT_FOUND for one that the caller may not know of
 */
export function ownAttachments(
  all: Pick<Messages, "find">,
  caller: Caller,
): (...contents: readonly SendContent[]) => Promise<void> {
  return async (...contents) => {
    for (const content of contents) {
      if (!("source" in content) || !("messageUid" in content.source)) continue;
      const { messageUid } = content.source;
      const found = await all.find(messageUid);
      if (found && !mayReach(caller, found.message.instanceId)) throw messageNotFound(messageUid);
    }
  };
}

/** The messages of the accounts that a caller may know of. */
export function messagesOf(all: Messages, caller: Caller): Messages {
  if (caller.instances === null) return all;
  const expect = (id: string): void => {
    if (!mayReach(caller, id)) throw instanceNotFound(id);
  };
  const expectOwn = ownAttachments(all, caller);
  return {
    async send(request) {
      expect(request.instanceId);
      await expectOwn(request.content);
      return all.send(request);
    },
    async sendAlbum(request) {
      expect(request.instanceId);
      await expectOwn(...request.items);
      return all.sendAlbum(request);
    },
    async post(request) {
      expect(request.instanceId);
      await expectOwn(request.content);
      return all.post(request);
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
    async attachment(uid) {
      const found = await all.find(uid);
      if (found && !mayReach(caller, found.message.instanceId)) throw messageNotFound(uid);
      return all.attachment(uid);
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
    responses: (uids) => all.responses(uids),
  };
}
