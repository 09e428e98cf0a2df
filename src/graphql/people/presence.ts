import type { Address } from "../../domain/address.ts";
import type { Availability, Typing } from "../../domain/presence.ts";
import { ChatType, ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { ACCOUNT_ERRORS, PERSON_ERRORS } from "./people-errors.ts";
import { AvailabilityType, TypingType } from "./presence-kind.ts";
import { resultType } from "../result.ts";

interface ShownPresence {
  readonly availability: Availability;
}

const ShownPresenceType = builder.objectRef<ShownPresence>("ShownPresence").implement({
  description: "How an account is shown to others.",
  fields: (t) => ({
    availability: t.expose("availability", {
      type: AvailabilityType,
      description: "Whether it is shown as online.",
    }),
  }),
});

const SetPresenceResult = resultType("SetPresenceResult", {
  description: "How the account is shown now.",
  success: [ShownPresenceType],
  errors: ACCOUNT_ERRORS,
});

interface ShownTyping {
  readonly chat: Address;
  readonly typing: Typing;
}

const ShownTypingType = builder.objectRef<ShownTyping>("ShownTyping").implement({
  description: "What is shown in a chat.",
  fields: (t) => ({
    chat: t.expose("chat", { type: ChatType, description: "Which chat." }),
    typing: t.expose("typing", { type: TypingType, description: "What is shown." }),
  }),
});

const SetTypingResult = resultType("SetTypingResult", {
  description: "What is shown in the chat now.",
  success: [ShownTypingType],
  errors: PERSON_ERRORS,
});

interface Subscribed {
  readonly contact: Address;
}

const PresenceSubscriptionType = builder.objectRef<Subscribed>("PresenceSubscription").implement({
  description: "Somebody whose coming online and going is told.",
  fields: (t) => ({
    contact: t.expose("contact", { type: ParticipantType, description: "Who." }),
  }),
});

const SubscribePresenceResult = resultType("SubscribePresenceResult", {
  description: "Who is told about from now on.",
  success: [PresenceSubscriptionType],
  errors: PERSON_ERRORS,
});

const SetPresenceInput = builder.inputType("SetPresenceInput", {
  description: "Whether an account is shown as online.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    availability: t.field({
      type: AvailabilityType,
      required: true,
      description: "Online or not.",
    }),
  }),
});

const SetTypingInput = builder.inputType("SetTypingInput", {
  description: "What to show in a chat.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    to: t.string({ required: true, description: "The chat: a phone number or a JID." }),
    typing: t.field({ type: TypingType, required: true, description: "What to show." }),
  }),
});

const SubscribePresenceInput = builder.inputType("SubscribePresenceInput", {
  description: "Whom to be told about.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account that is told." }),
    contact: t.string({ required: true, description: "A phone number or a JID." }),
  }),
});

builder.mutationFields((t) => ({
  setPresence: t.field({
    authScopes: { may: "messages:send" },
    type: SetPresenceResult.type,
    description:
      "Shows an account as online or not, for as long as it stays connected: after `connection.open` it is not. WhatsApp tells of others only who is shown as online, and its phone may stop to notify its owner meanwhile.",
    args: { input: t.arg({ type: SetPresenceInput, required: true }) },
    resolve: (_, { input: { instanceId, availability } }, { people }) =>
      SetPresenceResult.settle(async () => {
        await people.setAvailability(instanceId, availability);
        return { availability };
      }),
  }),
  setTyping: t.field({
    authScopes: { may: "messages:send" },
    type: SetTypingResult.type,
    description:
      "Shows in a chat that the account types or records, or has stopped to. Phones show it for some seconds: say it again while it goes on.",
    args: { input: t.arg({ type: SetTypingInput, required: true }) },
    resolve: (_, { input: { instanceId, to, typing } }, { people }) =>
      SetTypingResult.settle(async () => ({
        chat: await people.showTyping(instanceId, to, typing),
        typing,
      })),
  }),
  subscribePresence: t.field({
    authScopes: { may: "contacts" },
    type: SubscribePresenceResult.type,
    description:
      "Has WhatsApp tell when somebody comes online and goes, as `presence.update`, while the account is shown as online itself (`setPresence`). It lasts as long as the account stays connected: subscribe again after `connection.open`.",
    args: { input: t.arg({ type: SubscribePresenceInput, required: true }) },
    resolve: (_, { input: { instanceId, contact } }, { people }) =>
      SubscribePresenceResult.settle(async () => ({
        contact: await people.watchPresence(instanceId, contact),
      })),
  }),
}));
