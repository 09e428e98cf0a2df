import { builder } from "../builder.ts";
import { GroupType } from "./group-facts.ts";
import { CreateCommunityInput } from "./group-input.ts";
import { resultType } from "../result.ts";

const CreateCommunityResult = resultType("CreateCommunityResult", {
  description: "The new community, or why there is none.",
  success: [GroupType],
  errors: ["BAD_INPUT", "INSTANCE_NOT_FOUND", "NOT_LINKED", "NOT_ALLOWED"],
});

const linked = (name: string, description: string) =>
  resultType(name, {
    description,
    success: [GroupType],
    errors: ["BAD_INPUT", "INSTANCE_NOT_FOUND", "NOT_LINKED", "GROUP_NOT_FOUND", "NOT_ALLOWED"],
  });

const LinkGroupResult = linked("LinkGroupResult", "The group in its community.");
const UnlinkGroupResult = linked("UnlinkGroupResult", "The group without a community.");

builder.mutationFields((t) => {
  const args = {
    instanceId: t.arg.id({ required: true }),
    communityId: t.arg.id({ required: true }),
    groupId: t.arg.id({ required: true }),
  };
  return {
    createCommunity: t.field({
      authScopes: { may: "groups" },
      type: CreateCommunityResult.type,
      description: "Makes a community. Link groups to it next.",
      args: { input: t.arg({ type: CreateCommunityInput, required: true }) },
      resolve: (_, { input: { instanceId, ...draft } }, { groups }) =>
        CreateCommunityResult.settle(() => groups.createCommunity(instanceId, draft)),
    }),
    linkGroup: t.field({
      authScopes: { may: "groups" },
      type: LinkGroupResult.type,
      description: "Links a group to a community. The account has to be an admin of both.",
      args,
      resolve: (_, { instanceId, communityId, groupId }, { groups }) =>
        LinkGroupResult.settle(() => groups.link(instanceId, communityId, groupId, true)),
    }),
    unlinkGroup: t.field({
      authScopes: { may: "groups" },
      type: UnlinkGroupResult.type,
      description: "Takes a group out of its community.",
      args,
      resolve: (_, { instanceId, communityId, groupId }, { groups }) =>
        UnlinkGroupResult.settle(() => groups.link(instanceId, communityId, groupId, false)),
    }),
  };
});
