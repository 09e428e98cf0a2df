import type { InputFieldBuilder } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import { AttendanceType } from "./attendance.ts";
import { type SendOptions, waitOptions } from "./send-input.ts";

/** Which message is meant, and how long the caller waits. */
export interface MessageTarget extends Pick<
  SendOptions,
  "instanceId" | "idempotencyKey" | "waitFor" | "waitTimeoutMs"
> {
  readonly messageId: string;
  readonly chatId?: string | null | undefined;
}

const target = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  instanceId: t.id({ required: true, description: "The account that does it." }),
  messageId: t.id({ required: true, description: "WhatsApp's id of the message." }),
  chatId: t.id({
    description: "Its chat, by LID or phone-number JID; needed where two chats have this id.",
  }),
  ...waitOptions(t),
});

export const EditMessageInput = builder.inputType("EditMessageInput", {
  description: "Another text for a message.",
  fields: (t) => ({
    ...target(t),
    text: t.string({ required: true, description: "What it shall say." }),
    mentions: t.stringList({ description: "As of `SendTextInput`." }),
  }),
});

export const DeleteMessageInput = builder.inputType("DeleteMessageInput", {
  description: "A message to delete for everyone.",
  fields: target,
});

export const PinMessageInput = builder.inputType("PinMessageInput", {
  description: "A message to pin in its chat.",
  fields: (t) => ({
    ...target(t),
    seconds: t.int({
      description:
        "For how long: 86,400 (a day), 604,800 (a week) or 2,592,000 (30 days). A week if left out.",
    }),
  }),
});

export const MessageTargetInput = builder.inputType("MessageTargetInput", {
  description: "A message that something is done to.",
  fields: target,
});

export const VotePollInput = builder.inputType("VotePollInput", {
  description: "A vote in a poll.",
  fields: (t) => ({
    ...target(t),
    options: t.stringList({
      required: true,
      description:
        "All the answers that are chosen, word for word, in place of those before; none to take the vote back.",
    }),
  }),
});

export const AnswerEventInput = builder.inputType("AnswerEventInput", {
  description: "An answer to an appointment.",
  fields: (t) => ({
    ...target(t),
    attendance: t.field({
      type: AttendanceType,
      required: true,
      description: "Whether the account comes.",
    }),
    extraGuests: t.int({ description: "How many it brings along: none if left out, 100 at most." }),
  }),
});

export const ReactToMessageInput = builder.inputType("ReactToMessageInput", {
  description: "A reaction to a message.",
  fields: (t) => ({
    ...target(t),
    emoji: t.string({ description: "One emoji; left out or empty to take it back." }),
  }),
});
