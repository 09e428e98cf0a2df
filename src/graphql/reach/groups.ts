import type { Caller } from "../../domain/caller.ts";
import type { Groups } from "../../directory/groups.ts";
import { guardFor } from "./guard.ts";

/** The groups of the accounts that a caller may know of. */
export function groupsOf(all: Groups, caller: Caller): Groups {
  if (caller.instances === null) return all;
  const guarded = guardFor(caller);
  return {
    list: guarded(all.list),
    find: guarded(all.find),
    create: guarded(all.create),
    update: guarded(all.update),
    setPicture: guarded(all.setPicture),
    changeParticipants: guarded(all.changeParticipants),
    invite: guarded(all.invite),
    revokeInvite: guarded(all.revokeInvite),
    invitedTo: guarded(all.invitedTo),
    join: guarded(all.join),
    joinRequests: guarded(all.joinRequests),
    decide: guarded(all.decide),
    leave: guarded(all.leave),
    createCommunity: guarded(all.createCommunity),
    link: guarded(all.link),
    linkedGroups: guarded(all.linkedGroups),
  };
}
