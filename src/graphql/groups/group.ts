import type { GroupChange, JoinRequestAction, MemberAction } from "../../domain/group.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

export const MemberActionType = builder.enumType("MemberAction", {
  description: "What happened to members of a group.",
  values: described<MemberAction>({
    ADDED: "They were added, or joined by a link.",
    REMOVED: "An admin removed them.",
    LEFT: "They left.",
    PROMOTED: "They are admins now.",
    DEMOTED: "They are no admins any more.",
    CHANGED_NUMBER: "They have another phone number.",
  }),
});

export const JoinRequestActionType = builder.enumType("JoinRequestAction", {
  description: "What happened to a request to be let into a group.",
  values: described<JoinRequestAction>({
    CREATED: "Somebody asks to be let in.",
    REVOKED: "They have taken it back.",
    REJECTED: "An admin has refused them.",
  }),
});

export const GroupChangeType = builder.objectRef<GroupChange>("GroupChange").implement({
  description: "What has changed about a group; null for what has not.",
  fields: (t) => ({
    isNew: t.exposeBoolean("isNew", { description: "Whether it was just made." }),
    subject: t.exposeString("subject", { nullable: true, description: "Its new name." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "Its new description; empty when it was removed.",
    }),
    announcement: t.exposeBoolean("announcement", {
      nullable: true,
      description: "Whether only admins may write from now on.",
    }),
    locked: t.exposeBoolean("locked", {
      nullable: true,
      description: "Whether only admins may change name, description and picture from now on.",
    }),
    disappearingSeconds: t.exposeInt("disappearingSeconds", {
      nullable: true,
      description: "After how many seconds new messages disappear; 0 for never.",
    }),
    inviteCode: t.exposeString("inviteCode", {
      nullable: true,
      description: "The new code of `https://chat.whatsapp.com/<code>`; the one before is void.",
    }),
    membersMayAdd: t.exposeBoolean("membersMayAdd", {
      nullable: true,
      description: "Whether every member may add others from now on, not admins alone.",
    }),
    joinApproval: t.exposeBoolean("joinApproval", {
      nullable: true,
      description: "Whether admins have to let in who comes by a link from now on.",
    }),
    pictureChanged: t.exposeBoolean("pictureChanged", {
      description: "Whether it has a new picture, or none any more.",
    }),
  }),
});
