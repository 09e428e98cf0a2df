import type { InputFieldBuilder } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import { LinkPreviewInput } from "./link-preview-input.ts";

const WaitForType = builder.enumType("WaitFor", {
  description: "How far a message is to come before the send is answered.",
  values: {
    QUEUED: { description: "Answered as soon as the message is stored." },
    SERVER_ACK: { description: "WhatsApp's server has it, or has refused it." },
    DELIVERED: { description: "It is on a device of the receiver." },
  } as const,
});

/** What all sends have in common. */
export interface SendOptions {
  readonly instanceId: string;
  readonly to: string;
  readonly quotedId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  readonly scheduledAt?: Date | null | undefined;
  readonly mentions?: readonly string[] | null | undefined;
  readonly mentionAll?: boolean | null | undefined;
  readonly disappearsAfter?: number | null | undefined;
  readonly typingMs?: number | null | undefined;
  readonly waitFor?: typeof WaitForType.$inferType | null | undefined;
  readonly waitTimeoutMs?: number | null | undefined;
}

export const waitOptions = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  idempotencyKey: t.string({
    description:
      "Your own name for this send. Within 24 hours a second call with it sends nothing and is answered with the first one's message.",
  }),
  waitFor: t.field({ type: WaitForType, description: "SERVER_ACK if left out." }),
  waitTimeoutMs: t.int({
    description:
      "How long to wait, in milliseconds: 15,000 if left out, 60,000 at most. Then the message is answered as it is, and still sent.",
  }),
});

export const sendOptions = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  instanceId: t.id({ required: true, description: "The account to send from." }),
  to: t.string({
    required: true,
    description:
      "Digits with or without + and punctuation, or a JID. WhatsApp is asked who has the number, so national variants of it work.",
  }),
  quotedId: t.id({ description: "The id of a message to answer, of that chat or another." }),
  disappearsAfter: t.int({
    description:
      "After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out.",
  }),
  typingMs: t.int({
    description:
      "For how long the account is shown to type, or with a voice note to record, before the message leaves: up to 60,000 milliseconds. It begins when the message's turn has come; later messages of the chat wait, other chats do not. The call waits no longer for it than it would otherwise.",
  }),
  scheduledAt: t.field({
    type: "DateTime",
    description:
      "Send it then and not now; within a year. The answer comes at once, with the message QUEUED. It expires a day after its time.",
  }),
  ...waitOptions(t),
});

export const mentionOptions = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  mentions: t.stringList({
    description:
      "Numbers or JIDs of those whom the text names, each as `@` and the digits before the `@` of the JID.",
  }),
  mentionAll: t.boolean({ description: "Names everybody in the group." }),
});

export const SendTextInput = builder.inputType("SendTextInput", {
  description: "A text message to send.",
  fields: (t) => ({
    ...sendOptions(t),
    text: t.string({ required: true, description: "With WhatsApp's own marks: *bold*, _italic_." }),
    linkPreview: t.field({
      type: LinkPreviewInput,
      description:
        "None if left out: whoever has the page would learn of the text from the gateway's own call, before anybody has read it.",
    }),
    ...mentionOptions(t),
  }),
});

export const placeOptions = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  latitude: t.float({ required: true, description: "In degrees; north is positive." }),
  longitude: t.float({ required: true, description: "In degrees; east is positive." }),
  name: t.string({ description: "What the place is called." }),
  address: t.string({ description: "Its address." }),
  url: t.string({ description: "A page about it." }),
});

export const SendLocationInput = builder.inputType("SendLocationInput", {
  description: "A place to send.",
  fields: (t) => ({ ...sendOptions(t), ...placeOptions(t) }),
});

const PlaceInput = builder.inputType("PlaceInput", {
  description: "A place on the map.",
  fields: placeOptions,
});

export const eventFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  name: t.string({ required: true, description: "What it is." }),
  description: t.string({ description: "More about it." }),
  startsAt: t.field({ type: "DateTime", required: true, description: "When it begins." }),
  endsAt: t.field({ type: "DateTime", description: "When it ends." }),
  location: t.field({ type: PlaceInput, description: "Where it is." }),
});

export const SendEventInput = builder.inputType("SendEventInput", {
  description: "An appointment to send.",
  fields: (t) => ({ ...sendOptions(t), ...eventFields(t) }),
});

const ContactInput = builder.inputType("ContactInput", {
  description: "Somebody to pass on: by number, or as a card of your own.",
  fields: (t) => ({
    name: t.string({ required: true, description: "As the receiver sees them." }),
    phone: t.string({ description: "Their number: then a card is made of it." }),
    vcard: t.string({ description: "A whole card (vCard, RFC 6350), instead." }),
  }),
});

export const contactsFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  contacts: t.field({ type: [ContactInput], required: true, description: "Up to 257." }),
});

export const SendContactsInput = builder.inputType("SendContactsInput", {
  description: "Contact cards to send.",
  fields: (t) => ({ ...sendOptions(t), ...contactsFields(t) }),
});

export const pollFields = (t: InputFieldBuilder<SchemaTypes, "InputObject">) => ({
  question: t.string({ required: true, description: "Up to 255 characters." }),
  options: t.stringList({
    required: true,
    description: "From 2 to 12 different answers of up to 100 characters.",
  }),
  selectableCount: t.int({
    description: "How many one may choose; as many as one likes if left out.",
  }),
});

export const SendPollInput = builder.inputType("SendPollInput", {
  description: "A poll to send.",
  fields: (t) => ({ ...sendOptions(t), ...pollFields(t) }),
});
