import type { InputFieldBuilder } from "@pothos/core";
import type { GroupParticipantAction, JoinRequestDecision } from "../../domain/group-facts.ts";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { MediaInput } from "../messages/send-media-input.ts";

type Fields = InputFieldBuilder<SchemaTypes, "InputObject">;

const instanceField = (t: Fields) => ({
  instanceId: t.id({ required: true, description: "The account that does it." }),
});

const groupFields = (t: Fields) => ({
  ...instanceField(t),
  groupId: t.id({ required: true, description: "The JID of the group." }),
});

const PEOPLE = "Phone numbers with country code, or JIDs: up to 100.";

export const CreateGroupInput = builder.inputType("CreateGroupInput", {
  description: "A new group.",
  fields: (t) => ({
    ...instanceField(t),
    subject: t.string({ required: true, description: "Its name: up to 100 characters." }),
    description: t.string({ description: "Up to 2,048 characters." }),
    participants: t.stringList({ required: true, description: `${PEOPLE} May be empty.` }),
  }),
});

export const CreateCommunityInput = builder.inputType("CreateCommunityInput", {
  description: "A new community.",
  fields: (t) => ({
    ...instanceField(t),
    subject: t.string({ required: true, description: "Its name: up to 100 characters." }),
    description: t.string({ description: "Up to 2,048 characters." }),
  }),
});

export const UpdateGroupInput = builder.inputType("UpdateGroupInput", {
  description: "What to change about a group. What is left out, or null, stays as it is.",
  fields: (t) => ({
    ...groupFields(t),
    subject: t.string({ description: "Its name: up to 100 characters." }),
    description: t.string({ description: "Up to 2,048 characters; empty to remove it." }),
    announcement: t.boolean({ description: "Whether only admins may write." }),
    locked: t.boolean({
      description: "Whether only admins may change name, description and picture.",
    }),
    membersMayAdd: t.boolean({
      description: "Whether every member may add others, not admins alone.",
    }),
    joinApproval: t.boolean({
      description: "Whether admins have to let in who comes by a link.",
    }),
    disappearingSeconds: t.int({
      description:
        "After how many seconds new messages disappear: 0 (never), 86400, 604800 or 7776000.",
    }),
  }),
});

export const SetGroupPictureInput = builder.inputType("SetGroupPictureInput", {
  description: "A picture for a group.",
  fields: (t) => ({
    ...groupFields(t),
    media: t.field({
      type: MediaInput,
      required: true,
      description: "JPEG, PNG or WebP up to 16 MiB. Its middle is taken, as a square.",
    }),
  }),
});

const GroupParticipantActionType = builder.enumType("GroupParticipantAction", {
  description: "What can be done to people in a group.",
  values: described<GroupParticipantAction>({
    ADD: "Add them.",
    REMOVE: "Remove them.",
    PROMOTE: "Make them admins.",
    DEMOTE: "Make them members like any other.",
  }),
});

export const UpdateGroupParticipantsInput = builder.inputType("UpdateGroupParticipantsInput", {
  description: "What to do to which people in a group.",
  fields: (t) => ({
    ...groupFields(t),
    action: t.field({ type: GroupParticipantActionType, required: true, description: "What." }),
    participants: t.stringList({ required: true, description: PEOPLE }),
  }),
});

const JoinRequestDecisionType = builder.enumType("JoinRequestDecision", {
  description: "What can be done with a request to be let in.",
  values: described<JoinRequestDecision>({
    APPROVE: "Let them in.",
    REJECT: "Refuse them.",
  }),
});

export const UpdateGroupJoinRequestsInput = builder.inputType("UpdateGroupJoinRequestsInput", {
  description: "What to do with which requests to be let into a group.",
  fields: (t) => ({
    ...groupFields(t),
    action: t.field({ type: JoinRequestDecisionType, required: true, description: "What." }),
    participants: t.stringList({ required: true, description: PEOPLE }),
  }),
});

export const JoinGroupInput = builder.inputType("JoinGroupInput", {
  description: "A link to follow into a group.",
  fields: (t) => ({
    ...instanceField(t),
    invite: t.string({ required: true, description: "A link, or the code at its end." }),
  }),
});
