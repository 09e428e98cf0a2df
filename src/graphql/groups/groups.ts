import { pageIn } from "../../directory/group-page.ts";
import { builder } from "../builder.ts";
import {
  GroupInviteType,
  GroupParticipantType,
  GroupPreviewType,
  GroupType,
  JoinRequestType,
  LinkedGroupType,
} from "./group-facts.ts";
import { idOf, pageArgs, pageRequest, shownPage } from "./group-page.ts";

const INSTANCE = "The account that asks.";

const GroupConnection = builder.connectionObject(
  { type: GroupType, name: "GroupConnection", description: "A page of groups." },
  { name: "GroupEdge", description: "A group on a page." },
);

const GroupParticipantConnection = builder.connectionObject(
  {
    type: GroupParticipantType,
    name: "GroupParticipantConnection",
    description: "A page of the members of a group.",
  },
  { name: "GroupParticipantEdge", description: "A member on a page." },
);

const LinkedGroupConnection = builder.connectionObject(
  {
    type: LinkedGroupType,
    name: "LinkedGroupConnection",
    description: "A page of the groups of a community.",
  },
  { name: "LinkedGroupEdge", description: "A group on a page." },
);

const JoinRequestConnection = builder.connectionObject(
  {
    type: JoinRequestType,
    name: "JoinRequestConnection",
    description: "A page of requests to be let into a group.",
  },
  { name: "JoinRequestEdge", description: "A request on a page." },
);

builder.objectField(GroupType, "participants", (t) =>
  t.field({
    type: GroupParticipantConnection,
    description: "Its members, in the order of their ids. `size` says how many there are.",
    args: pageArgs(t.arg),
    resolve: ({ participants }, page) =>
      shownPage(pageIn(participants, idOf, pageRequest(page)), idOf),
  }),
);

builder.queryFields((t) => ({
  group: t.field({
    authScopes: { may: "groups" },
    type: GroupType,
    nullable: true,
    description: "One group, or null if there is none with this id or the account is not in it.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      groupId: t.arg.id({ required: true, description: "Its JID." }),
    },
    resolve: async (_, { instanceId, groupId }, { groups }) =>
      (await groups.find(instanceId, groupId)) ?? null,
  }),
  groups: t.field({
    authScopes: { may: "groups" },
    type: GroupConnection,
    description: "The groups and communities that an account is in, in the order of their ids.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      ...pageArgs(t.arg),
    },
    resolve: async (_, { instanceId, ...page }, { groups }) =>
      shownPage(await groups.list(instanceId, pageRequest(page)), idOf),
  }),
  groupInvite: t.field({
    authScopes: { may: "groups" },
    type: GroupInviteType,
    description: "The link to a group. WhatsApp tells it to admins alone.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      groupId: t.arg.id({ required: true, description: "The JID of the group." }),
    },
    resolve: (_, { instanceId, groupId }, { groups }) => groups.invite(instanceId, groupId),
  }),
  groupByInvite: t.field({
    authScopes: { may: "groups" },
    type: GroupPreviewType,
    description: "What a link leads to, for an account that is not in the group yet.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      invite: t.arg.string({ required: true, description: "A link, or the code at its end." }),
    },
    resolve: (_, { instanceId, invite }, { groups }) => groups.invitedTo(instanceId, invite),
  }),
  groupJoinRequests: t.field({
    authScopes: { may: "groups" },
    type: JoinRequestConnection,
    description: "Who waits to be let into a group, in the order of their ids. Admins may ask.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      groupId: t.arg.id({ required: true, description: "The JID of the group." }),
      ...pageArgs(t.arg),
    },
    resolve: async (_, { instanceId, groupId, ...page }, { groups }) => {
      const requests = await groups.joinRequests(instanceId, groupId, pageRequest(page));
      return shownPage(requests, ({ participant }) => participant.id);
    },
  }),
  communityGroups: t.field({
    authScopes: { may: "groups" },
    type: LinkedGroupConnection,
    description: "The groups that are linked to a community, in the order of their ids.",
    args: {
      instanceId: t.arg.id({ required: true, description: INSTANCE }),
      communityId: t.arg.id({ required: true, description: "The JID of the community." }),
      ...pageArgs(t.arg),
    },
    resolve: async (_, { instanceId, communityId, ...page }, { groups }) =>
      shownPage(await groups.linkedGroups(instanceId, communityId, pageRequest(page)), idOf),
  }),
}));
