import type {
  Group,
  GroupParticipant,
  GroupParticipantError,
  GroupParticipantResult,
  GroupPreview,
  GroupRole,
  JoinRequest,
  LinkedGroup,
} from "../../domain/group-facts.ts";
import type { Invite } from "../../directory/groups.ts";
import { nameFields, ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

const GroupRoleType = builder.enumType("GroupRole", {
  description: "What a member of a group may do.",
  values: described<GroupRole>({
    MEMBER: "What the settings of the group let every member do.",
    ADMIN: "Everything about the group.",
    SUPER_ADMIN: "The same, and the other admins cannot remove them: they made the group.",
  }),
});

export const GroupParticipantType = builder
  .objectRef<GroupParticipant>("GroupParticipant")
  .implement({
    description: "A member of a group.",
    fields: (t) => ({
      role: t.expose("role", { type: GroupRoleType, description: "What they may do." }),
    }),
  });
nameFields(GroupParticipantType);

export const GroupType = builder.objectRef<Group>("Group").implement({
  description: "A group that the account is in, as WhatsApp describes it.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its JID: `120363000000000001@g.us`." }),
    subject: t.exposeString("subject", { description: "Its name." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "Its description. Null for none.",
    }),
    owner: t.expose("owner", {
      type: ParticipantType,
      nullable: true,
      description: "Who made it, where WhatsApp says so.",
    }),
    createdAt: t.expose("createdAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was made.",
    }),
    size: t.exposeInt("size", { description: "How many members it has." }),
    announcement: t.exposeBoolean("announcement", {
      description: "Whether only admins may write.",
    }),
    locked: t.exposeBoolean("locked", {
      description: "Whether only admins may change name, description and picture.",
    }),
    membersMayAdd: t.exposeBoolean("membersMayAdd", {
      description: "Whether every member may add others, not admins alone.",
    }),
    joinApproval: t.exposeBoolean("joinApproval", {
      description: "Whether admins have to let in who comes by a link.",
    }),
    disappearingSeconds: t.exposeInt("disappearingSeconds", {
      description: "After how many seconds new messages disappear; 0 for never.",
    }),
    isCommunity: t.exposeBoolean("isCommunity", {
      description: "Whether it is a community: a group that others are linked to.",
    }),
    communityId: t.exposeID("communityId", {
      nullable: true,
      description: "The community that it is linked to, if any.",
    }),
    isCommunityAnnouncement: t.exposeBoolean("isCommunityAnnouncement", {
      description: "Whether it is the one in which the admins of its community make announcements.",
    }),
  }),
});

export const GroupPreviewType = builder.objectRef<GroupPreview>("GroupPreview").implement({
  description: "What WhatsApp tells of a group to whoever has its link.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its JID." }),
    subject: t.exposeString("subject", { description: "Its name." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "Its description. Null for none.",
    }),
    owner: t.expose("owner", {
      type: ParticipantType,
      nullable: true,
      description: "Who made it, where WhatsApp says so.",
    }),
    createdAt: t.expose("createdAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was made.",
    }),
    size: t.exposeInt("size", { description: "How many members it has." }),
    joinApproval: t.exposeBoolean("joinApproval", {
      description: "Whether admins have to let in who comes by the link.",
    }),
    isCommunity: t.exposeBoolean("isCommunity", { description: "Whether it is a community." }),
  }),
});

export const LinkedGroupType = builder.objectRef<LinkedGroup>("LinkedGroup").implement({
  description: "A group of a community. The account need not be in it.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its JID." }),
    subject: t.exposeString("subject", { description: "Its name." }),
    size: t.exposeInt("size", {
      nullable: true,
      description: "How many members it has, where WhatsApp says so.",
    }),
    isCommunityAnnouncement: t.exposeBoolean("isCommunityAnnouncement", {
      description: "Whether it is the one in which the admins of the community make announcements.",
    }),
  }),
});

export const GroupInviteType = builder.objectRef<Invite>("GroupInvite").implement({
  description: "The link by which anybody can come into a group.",
  fields: (t) => ({
    groupId: t.exposeID("groupId", { description: "Which group." }),
    inviteCode: t.exposeString("inviteCode", { description: "The end of the link." }),
    url: t.exposeString("url", { description: "The link itself." }),
  }),
});

export const JoinRequestType = builder.objectRef<JoinRequest>("JoinRequest").implement({
  description: "Somebody waits for an admin to let them in.",
  fields: (t) => ({
    participant: t.expose("participant", { type: ParticipantType, description: "Who." }),
    requestedAt: t.expose("requestedAt", {
      type: "DateTime",
      nullable: true,
      description: "Since when, where WhatsApp says so.",
    }),
  }),
});

const GroupParticipantErrorType = builder.enumType("GroupParticipantError", {
  description: "Why something could not be done to somebody.",
  values: described<GroupParticipantError>({
    NOT_ON_WHATSAPP: "Nobody on WhatsApp has this number.",
    PRIVACY_SETTINGS: "They do not let the account add them: send them the link of the group.",
    LEFT_RECENTLY: "They have left the group, and cannot be added again so soon.",
    ALREADY_MEMBER: "They are in the group already.",
    NOT_FOUND: "They are not in the group, or have not asked to be let in.",
    NOT_ALLOWED: "The account may not do this to them, such as removing who made the group.",
    GROUP_FULL: "The group has as many members, or admins, as WhatsApp lets it have.",
    OTHER: "Something else; WhatsApp's own number comes along.",
  }),
});

export const GroupParticipantResultType = builder
  .objectRef<GroupParticipantResult>("GroupParticipantResult")
  .implement({
    description: "What has become of one of several people.",
    fields: (t) => ({
      participant: t.expose("participant", { type: ParticipantType, description: "Who." }),
      error: t.expose("error", {
        type: GroupParticipantErrorType,
        nullable: true,
        description: "Why it was not done. Null when it was.",
      }),
      whatsappCode: t.exposeInt("whatsappCode", {
        nullable: true,
        description: "WhatsApp's own number for the error, such as 403.",
      }),
    }),
  });
