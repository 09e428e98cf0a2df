import type { Jid } from "../../domain/ids.ts";
import type { Joined } from "../../directory/groups.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { GroupInviteType, GroupType } from "./group-facts.ts";
import { JoinGroupInput, SetGroupPictureInput, UpdateGroupInput } from "./group-input.ts";
import { fileOf } from "../messages/media-source.ts";
import { resultType } from "../result.ts";

/** Whatever is done to a group can end like this. */
const GROUP_ERRORS: readonly ExpectedCode[] = [
  "BAD_INPUT",
  "INSTANCE_NOT_FOUND",
  "NOT_LINKED",
  "GROUP_NOT_FOUND",
  "NOT_ALLOWED",
];

const UpdateGroupResult = resultType("UpdateGroupResult", {
  description: "The group as it is now, or why WhatsApp did not change it.",
  success: [GroupType],
  errors: GROUP_ERRORS,
});

const SetGroupPictureResult = resultType("SetGroupPictureResult", {
  description: "The group with its new picture, or why it has none.",
  success: [GroupType],
  errors: [
    ...GROUP_ERRORS,
    "INVALID_ADDRESS",
    "MESSAGE_NOT_FOUND",
    "MEDIA_UNREACHABLE",
    "MEDIA_GONE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

const RemoveGroupPictureResult = resultType("RemoveGroupPictureResult", {
  description: "The group without a picture.",
  success: [GroupType],
  errors: GROUP_ERRORS,
});

const RevokeGroupInviteResult = resultType("RevokeGroupInviteResult", {
  description: "The new link.",
  success: [GroupInviteType],
  errors: GROUP_ERRORS,
});

const JoinedGroup = builder.objectRef<Joined>("JoinedGroup").implement({
  description: "Where a link has led.",
  fields: (t) => ({
    groupId: t.exposeID("groupId", { description: "Which group." }),
    isPending: t.exposeBoolean("isPending", {
      description: "Whether an admin has to let the account in first.",
    }),
  }),
});

const JoinGroupResult = resultType("JoinGroupResult", {
  description: "Where the link has led, or why it led nowhere.",
  success: [JoinedGroup],
  errors: ["BAD_INPUT", "INSTANCE_NOT_FOUND", "NOT_LINKED", "INVITE_INVALID", "NOT_ALLOWED"],
});

const LeftGroup = builder.objectRef<{ readonly groupId: Jid }>("LeftGroup").implement({
  description: "A group that the account is not in any more.",
  fields: (t) => ({ groupId: t.exposeID("groupId", { description: "Which group." }) }),
});

const LeaveGroupResult = resultType("LeaveGroupResult", {
  description: "The group that was left.",
  success: [LeftGroup],
  errors: GROUP_ERRORS,
});

builder.mutationFields((t) => ({
  updateGroup: t.field({
    authScopes: { may: "groups" },
    type: UpdateGroupResult.type,
    description:
      "Changes a group: one thing after the other, in the order of the input. If WhatsApp refuses one, those before it are changed.",
    args: { input: t.arg({ type: UpdateGroupInput, required: true }) },
    resolve: (_, { input: { instanceId, groupId, ...change } }, { groups }) =>
      UpdateGroupResult.settle(() => groups.update(instanceId, groupId, change)),
  }),
  setGroupPicture: t.field({
    authScopes: { may: "groups" },
    type: SetGroupPictureResult.type,
    description: "Gives a group a picture.",
    args: { input: t.arg({ type: SetGroupPictureInput, required: true }) },
    resolve: (_, { input: { instanceId, groupId, media } }, context) =>
      SetGroupPictureResult.settle(async () =>
        context.groups.setPicture(instanceId, groupId, await fileOf(media, context)),
      ),
  }),
  removeGroupPicture: t.field({
    authScopes: { may: "groups" },
    type: RemoveGroupPictureResult.type,
    description: "Takes the picture of a group away.",
    args: {
      instanceId: t.arg.id({ required: true }),
      groupId: t.arg.id({ required: true }),
    },
    resolve: (_, { instanceId, groupId }, { groups }) =>
      RemoveGroupPictureResult.settle(() => groups.setPicture(instanceId, groupId, null)),
  }),
  revokeGroupInvite: t.field({
    authScopes: { may: "groups" },
    type: RevokeGroupInviteResult.type,
    description: "Makes the link to a group void, and a new one.",
    args: {
      instanceId: t.arg.id({ required: true }),
      groupId: t.arg.id({ required: true }),
    },
    resolve: (_, { instanceId, groupId }, { groups }) =>
      RevokeGroupInviteResult.settle(() => groups.revokeInvite(instanceId, groupId)),
  }),
  joinGroup: t.field({
    authScopes: { may: "groups" },
    type: JoinGroupResult.type,
    description: "Follows a link into a group, or asks its admins to be let in.",
    args: { input: t.arg({ type: JoinGroupInput, required: true }) },
    resolve: (_, { input: { instanceId, invite } }, { groups }) =>
      JoinGroupResult.settle(() => groups.join(instanceId, invite)),
  }),
  leaveGroup: t.field({
    authScopes: { may: "groups" },
    type: LeaveGroupResult.type,
    description: "Leaves a group. WhatsApp does not let one be added again for a while.",
    args: {
      instanceId: t.arg.id({ required: true }),
      groupId: t.arg.id({ required: true }),
    },
    resolve: (_, { instanceId, groupId }, { groups }) =>
      LeaveGroupResult.settle(() => groups.leave(instanceId, groupId)),
  }),
}));
