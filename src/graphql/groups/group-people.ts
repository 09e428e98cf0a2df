import type { GroupResults, GroupWithResults } from "../../directory/groups.ts";
import { builder } from "../builder.ts";
import type { ExpectedCode } from "../error.ts";
import { GroupParticipantResultType, GroupType } from "./group-facts.ts";
import {
  CreateGroupInput,
  UpdateGroupJoinRequestsInput,
  UpdateGroupParticipantsInput,
} from "./group-input.ts";
import { resultType } from "../result.ts";

const PEOPLE_ERRORS: readonly ExpectedCode[] = [
  "BAD_INPUT",
  "INSTANCE_NOT_FOUND",
  "NOT_LINKED",
  "INVALID_RECIPIENT",
  "NOT_ALLOWED",
];

const CreatedGroup = builder.objectRef<GroupWithResults>("CreatedGroup").implement({
  description: "A new group, and who is in it.",
  fields: (t) => ({
    group: t.expose("group", { type: GroupType, description: "The group." }),
    results: t.expose("results", {
      type: [GroupParticipantResultType],
      description: "One for each who was to be in it: the group is made also when some are not.",
    }),
  }),
});

const CreateGroupResult = resultType("CreateGroupResult", {
  description: "The new group, or why there is none.",
  success: [CreatedGroup],
  errors: PEOPLE_ERRORS,
});

const GroupParticipantResults = builder
  .objectRef<GroupResults>("GroupParticipantResults")
  .implement({
    description: "What has become of each.",
    fields: (t) => ({
      groupId: t.exposeID("groupId", { description: "Which group." }),
      results: t.expose("results", {
        type: [GroupParticipantResultType],
        description: "One for each who was named.",
      }),
    }),
  });

const UpdateGroupParticipantsResult = resultType("UpdateGroupParticipantsResult", {
  description: "What has become of each, or why WhatsApp did nothing.",
  success: [GroupParticipantResults],
  errors: [...PEOPLE_ERRORS, "GROUP_NOT_FOUND"],
});

const UpdateGroupJoinRequestsResult = resultType("UpdateGroupJoinRequestsResult", {
  description: "What has become of each, or why WhatsApp did nothing.",
  success: [GroupParticipantResults],
  errors: [...PEOPLE_ERRORS, "GROUP_NOT_FOUND"],
});

builder.mutationFields((t) => ({
  createGroup: t.field({
    authScopes: { may: "groups" },
    type: CreateGroupResult.type,
    description: "Makes a group with the account and others in it.",
    args: { input: t.arg({ type: CreateGroupInput, required: true }) },
    resolve: (_, { input: { instanceId, ...draft } }, { groups }) =>
      CreateGroupResult.settle(() => groups.create(instanceId, draft)),
  }),
  updateGroupParticipants: t.field({
    authScopes: { may: "groups" },
    type: UpdateGroupParticipantsResult.type,
    description: "Adds people to a group, removes them, or makes them admins or members.",
    args: { input: t.arg({ type: UpdateGroupParticipantsInput, required: true }) },
    resolve: (_, { input: { instanceId, groupId, action, participants } }, { groups }) =>
      UpdateGroupParticipantsResult.settle(() =>
        groups.changeParticipants(instanceId, groupId, action, participants),
      ),
  }),
  updateGroupJoinRequests: t.field({
    authScopes: { may: "groups" },
    type: UpdateGroupJoinRequestsResult.type,
    description: "Lets people in who have asked to be, or refuses them.",
    args: { input: t.arg({ type: UpdateGroupJoinRequestsInput, required: true }) },
    resolve: (_, { input: { instanceId, groupId, action, participants } }, { groups }) =>
      UpdateGroupJoinRequestsResult.settle(() =>
        groups.decide(instanceId, groupId, action, participants),
      ),
  }),
}));
