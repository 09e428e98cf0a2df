import type { TestGateway } from "../support/gateway.ts";
import type { Receiver } from "../support/receiver.ts";

/** Wants to be let into their group. */
export const STRANGER = "15550000009";

/** What "theirs" has, by the names of arguments. */
export type TheirGroup = Readonly<
  Record<"groupId" | "communityId" | "channelId" | "invite" | "code", string>
>;

interface Theirs {
  readonly gateway: TestGateway;
  readonly receiver: Receiver;
  /** The phone of "theirs". */
  readonly owner: string;
}

/** A group in a community, with somebody before the door, and a channel that is followed. */
export async function makeTheirGroup({ gateway, receiver, owner }: Theirs): Promise<TheirGroup> {
  const group = await gateway.wa.group({
    subject: "hush, a group",
    participants: [owner, "15550000003"],
  });
  const { body } = await gateway.post<{ groupId: string }>("/instances/theirs/communities", {
    subject: "hush, a town",
  });
  const { groupId: communityId } = body;
  await gateway.post(`/instances/theirs/communities/${communityId}/groups`, { groupId: group.jid });
  await gateway.wa.changeGroup(group, { by: owner, joinApproval: true });
  await gateway.wa.account(STRANGER);
  await gateway.wa.askToJoin(group, STRANGER);
  await gateway.event("theirs", "group.join_request");
  await receiver.event("group.join_request");
  await gateway.post(`/instances/theirs/contacts/${STRANGER}/block`);
  await gateway.post("/instances/theirs/labels", { name: "hush, a label" });
  const { inviteCode } = group;
  const channel = await gateway.wa.channel({ name: "hush, a channel", followers: [owner] });
  const { jid: channelId } = channel;
  return { groupId: group.jid, communityId, channelId, invite: inviteCode, code: inviteCode };
}
