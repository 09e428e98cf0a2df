import { GatewayError } from "../domain/errors.ts";
import type { Instances } from "../instances/instances.ts";
import type { Outbound } from "../outbound/outbound.ts";
import { reached } from "./group-connection.ts";
import { descriptionIn, groupIdIn, inviteCodeIn, settingsIn, subjectIn } from "./group-input.ts";
import { pageIn } from "./group-page.ts";
import { peopleOf } from "./group-people.ts";
import { pictureOf } from "./group-picture.ts";
import type { Groups, Invite } from "./groups.ts";

export interface GroupNeeds {
  readonly instances: Pick<Instances, "get" | "connection">;
  readonly download: Outbound["download"];
}

/** What callers do with groups, each call judged here and then asked of the account's connection. */
export function createGroupRoom({ instances, download }: GroupNeeds): Groups {
  const reach = (instanceId: string) => reached(instances, instanceId);

  return {
    async list(instanceId, page) {
      const { groups } = await reach(instanceId);
      return pageIn(await groups.list(), ({ id }) => id, page);
    },
    async find(instanceId, groupId) {
      const { groups } = await reach(instanceId);
      try {
        return await groups.get(groupIdIn(groupId));
      } catch (error) {
        if (error instanceof GatewayError && error.code === "GROUP_NOT_FOUND") return undefined;
        throw error;
      }
    },
    async create(instanceId, draft) {
      const { groups, lookUp } = await reach(instanceId);
      const subject = subjectIn(draft.subject);
      const description = descriptionIn(draft.description ?? "") || null;
      const { found, missing } = await peopleOf(draft.participants, 0, lookUp);
      const made = await groups.create({ subject, description, people: found, isCommunity: false });
      const { group, participants } = made;
      return { group, groupId: group.id, results: [...participants, ...missing] };
    },
    async update(instanceId, groupId, change) {
      const { groups } = await reach(instanceId);
      const id = groupIdIn(groupId);
      for (const setting of settingsIn(change)) await groups.change(id, setting);
      return groups.get(id);
    },
    async setPicture(instanceId, groupId, source) {
      const { groups } = await reach(instanceId);
      const id = groupIdIn(groupId);
      await groups.setPicture(id, source && (await pictureOf(source, download)));
      return groups.get(id);
    },
    async changeParticipants(instanceId, groupId, action, participants) {
      const { groups, lookUp } = await reach(instanceId);
      const id = groupIdIn(groupId);
      const { found, missing } = await peopleOf(participants, 1, lookUp);
      const results = found.length === 0 ? [] : await groups.changeParticipants(id, action, found);
      return { groupId: id, results: [...results, ...missing] };
    },
    async invite(instanceId, groupId) {
      const { groups } = await reach(instanceId);
      const id = groupIdIn(groupId);
      return inviteTo(id, await groups.inviteCode(id));
    },
    async revokeInvite(instanceId, groupId) {
      const { groups } = await reach(instanceId);
      const id = groupIdIn(groupId);
      return inviteTo(id, await groups.revokeInvite(id));
    },
    async invitedTo(instanceId, invite) {
      const { groups } = await reach(instanceId);
      return groups.invitedTo(inviteCodeIn(invite));
    },
    async join(instanceId, invite) {
      const { groups } = await reach(instanceId);
      const { id: groupId, isPending } = await groups.join(inviteCodeIn(invite));
      return { groupId, isPending };
    },
    async joinRequests(instanceId, groupId, page) {
      const { groups } = await reach(instanceId);
      const requests = await groups.joinRequests(groupIdIn(groupId));
      return pageIn(requests, ({ participant }) => participant.id, page);
    },
    async decide(instanceId, groupId, decision, participants) {
      const { groups, lookUp } = await reach(instanceId);
      const id = groupIdIn(groupId);
      const { found, missing } = await peopleOf(participants, 1, lookUp);
      const results = found.length === 0 ? [] : await groups.decide(id, decision, found);
      return { groupId: id, results: [...results, ...missing] };
    },
    async leave(instanceId, groupId) {
      const { groups } = await reach(instanceId);
      const id = groupIdIn(groupId);
      await groups.leave(id);
      return { groupId: id };
    },
    async createCommunity(instanceId, draft) {
      const { groups } = await reach(instanceId);
      const subject = subjectIn(draft.subject);
      const description = descriptionIn(draft.description ?? "") || null;
      const made = { subject, description, people: [], isCommunity: true };
      return (await groups.create(made)).group;
    },
    async link(instanceId, communityId, groupId, isLinked) {
      const { groups } = await reach(instanceId);
      const id = groupIdIn(groupId);
      await groups.link(groupIdIn(communityId), id, isLinked);
      return groups.get(id);
    },
    async linkedGroups(instanceId, communityId, page) {
      const { groups } = await reach(instanceId);
      const linked = await groups.linkedGroups(groupIdIn(communityId));
      return pageIn(linked, ({ id }) => id, page);
    },
  };
}

function inviteTo(groupId: Invite["groupId"], inviteCode: string): Invite {
  return { groupId, inviteCode, url: `https://chat.whatsapp.com/${inviteCode}` };
}
