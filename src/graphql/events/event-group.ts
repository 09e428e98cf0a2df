import { ChatType, ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { CallType } from "./call.ts";
import { EventInterface, EVENT_TYPE_NAMES } from "./event.ts";
import type { Logged } from "./event.ts";
import { GroupChangeType, JoinRequestActionType, MemberActionType } from "../groups/group.ts";

const AUTHOR = "Who did it, where WhatsApp says so.";

builder.objectRef<Logged<"group.update">>(EVENT_TYPE_NAMES["group.update"]).implement({
  interfaces: [EventInterface],
  description: "Something about a group has changed: its name, its rules, its picture.",
  fields: (t) => ({
    group: t.field({
      type: ChatType,
      description: "Which group.",
      resolve: ({ event }) => event.group,
    }),
    author: t.field({
      type: ParticipantType,
      nullable: true,
      description: AUTHOR,
      resolve: ({ event }) => event.author,
    }),
    change: t.field({
      type: GroupChangeType,
      description: "What has changed.",
      resolve: ({ event }) => event.change,
    }),
  }),
});

builder.objectRef<Logged<"group.participants">>(EVENT_TYPE_NAMES["group.participants"]).implement({
  interfaces: [EventInterface],
  description: "Members of a group came, went, or have other rights.",
  fields: (t) => ({
    group: t.field({
      type: ChatType,
      description: "Which group.",
      resolve: ({ event }) => event.group,
    }),
    author: t.field({
      type: ParticipantType,
      nullable: true,
      description: AUTHOR,
      resolve: ({ event }) => event.author,
    }),
    memberAction: t.field({
      type: MemberActionType,
      description: "What happened to them.",
      resolve: ({ event }) => event.action,
    }),
    participants: t.field({
      type: [ParticipantType],
      description: "Who it happened to.",
      resolve: ({ event }) => event.participants,
    }),
  }),
});

builder.objectRef<Logged<"group.join_request">>(EVENT_TYPE_NAMES["group.join_request"]).implement({
  interfaces: [EventInterface],
  description: "Somebody asks to be let into a group whose admins decide about that.",
  fields: (t) => ({
    group: t.field({
      type: ChatType,
      description: "Which group.",
      resolve: ({ event }) => event.group,
    }),
    author: t.field({
      type: ParticipantType,
      nullable: true,
      description: AUTHOR,
      resolve: ({ event }) => event.author,
    }),
    requestAction: t.field({
      type: JoinRequestActionType,
      description: "What happened to the request.",
      resolve: ({ event }) => event.action,
    }),
    participants: t.field({
      type: [ParticipantType],
      description: "Who wants to be let in.",
      resolve: ({ event }) => event.participants,
    }),
  }),
});

builder.objectRef<Logged<"call">>(EVENT_TYPE_NAMES["call"]).implement({
  interfaces: [EventInterface],
  description: "Somebody calls the account, or a call has come to something.",
  fields: (t) => ({
    call: t.field({
      type: CallType,
      description: "Which call, and what became of it.",
      resolve: ({ event }) => event.call,
    }),
  }),
});
