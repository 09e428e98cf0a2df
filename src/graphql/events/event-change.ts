import { SenderType } from "../address.ts";
import { builder } from "../builder.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";
import { aboutMessage } from "./event-target.ts";
import { AttendanceType } from "../messages/attendance.ts";
import { MessageInterface } from "../messages/message.ts";

builder.objectRef<Logged<"message.edited">>(EVENT_TYPE_NAMES["message.edited"]).implement({
  interfaces: [EventInterface],
  description: "Somebody has changed the text of a message of theirs.",
  fields: (t) => ({
    message: t.field({
      type: MessageInterface,
      description:
        "The message as it reads now, under the id that it has always had; its time is that of the edit. Of one with an attachment only the text is sent anew.",
      resolve: ({ event }) => event.message,
    }),
  }),
});

const DeletedEvent = builder.objectRef<Logged<"message.deleted">>(
  EVENT_TYPE_NAMES["message.deleted"],
);
DeletedEvent.implement({
  interfaces: [EventInterface],
  description: "A message was deleted: for everyone, or by the account for itself alone.",
  fields: (t) => ({
    deletedBy: t.field({
      type: SenderType,
      description: "Who did it: its author, or in groups an admin.",
      resolve: ({ event }) => event.deletedBy,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    forEveryone: t.boolean({
      description:
        "False where the account has only taken it from its own devices: then it is gone from here too.",
      resolve: ({ event }) => event.onlyForMe !== true,
    }),
  }),
});

aboutMessage(DeletedEvent);

const StarredEvent = builder.objectRef<Logged<"message.starred">>(
  EVENT_TYPE_NAMES["message.starred"],
);
StarredEvent.implement({
  interfaces: [EventInterface],
  description:
    "The account has put a star on a message, or taken it off, here, on the phone or another device.",
  fields: (t) => ({
    starred: t.boolean({
      description: "Whether it has a star now.",
      resolve: ({ event }) => event.starred,
    }),
  }),
});
aboutMessage(StarredEvent);

const ReactionEvent = builder.objectRef<Logged<"message.reaction">>(
  EVENT_TYPE_NAMES["message.reaction"],
);
ReactionEvent.implement({
  interfaces: [EventInterface],
  description: "Somebody has put an emoji on a message, or taken theirs back.",
  fields: (t) => ({
    sender: t.field({
      type: SenderType,
      description: "Who did it.",
      resolve: ({ event }) => event.sender,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    emoji: t.string({
      nullable: true,
      description: "The emoji. Null if it was taken back.",
      resolve: ({ event }) => event.emoji,
    }),
  }),
});
aboutMessage(ReactionEvent);

const VoteEvent = builder.objectRef<Logged<"poll.vote">>(EVENT_TYPE_NAMES["poll.vote"]);
VoteEvent.implement({
  interfaces: [EventInterface],
  description: "Somebody has voted in a poll, has changed their vote or taken it back.",
  fields: (t) => ({
    voter: t.field({
      type: SenderType,
      description: "Who did it.",
      resolve: ({ event }) => event.voter,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    options: t.stringList({
      nullable: true,
      description:
        "All that they have chosen now: nothing if the vote was taken back. Null if it could not be read, because the poll is not known here.",
      resolve: ({ event }) => event.options,
    }),
  }),
});
aboutMessage(VoteEvent);

const ResponseEvent = builder.objectRef<Logged<"event.response">>(
  EVENT_TYPE_NAMES["event.response"],
);
ResponseEvent.implement({
  interfaces: [EventInterface],
  description: "Somebody has answered an appointment, or has changed their mind.",
  fields: (t) => ({
    sender: t.field({
      type: SenderType,
      description: "Who did it.",
      resolve: ({ event }) => event.sender,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    attendance: t.field({
      type: AttendanceType,
      nullable: true,
      description:
        "Whether they come. Null if it could not be read, because the appointment is not known here.",
      resolve: ({ event }) => event.attendance,
    }),
    extraGuests: t.int({
      description: "How many they bring along.",
      resolve: ({ event }) => event.extraGuests,
    }),
  }),
});
aboutMessage(ResponseEvent);
