import { ChatType, ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import type { Logged } from "./event.ts";
import { EventInterface, EVENT_TYPE_NAMES } from "./event.ts";
import { PresenceType } from "../people/presence-kind.ts";

builder.objectRef<Logged<"presence.update">>(EVENT_TYPE_NAMES["presence.update"]).implement({
  interfaces: [EventInterface],
  description:
    "Somebody comes online, goes, or types. WhatsApp tells it only while the account is shown as online itself (`setPresence`), and of being online only where that was asked for (`subscribePresence`). Of each person in each chat it is told when something has changed, at most every two seconds.",
  fields: (t) => ({
    chat: t.field({
      type: ChatType,
      description: "The chat with them, or the group in which they type.",
      resolve: ({ event }) => event.chat,
    }),
    person: t.field({
      type: ParticipantType,
      description: "Who.",
      resolve: ({ event }) => event.contact,
    }),
    presence: t.field({
      type: PresenceType,
      description: "What they do.",
      resolve: ({ event }) => event.presence,
    }),
    lastSeen: t.field({
      type: "DateTime",
      nullable: true,
      description: "When they were last online. Null while they are, and where they hide it.",
      resolve: ({ event }) => event.lastSeen,
    }),
  }),
});
