import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  SendContactsDocument,
  SendEventDocument,
  SendLocationDocument,
  SendPollDocument,
  SendTextDocument,
} from "./generated/operations.ts";
import { mentionFields, sendFields, sendInput } from "./send-input.ts";
import { sent } from "./sent.ts";

export const place = {
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
  url: z.string().optional(),
};

/** A word says all that most texts need. */
const preview = z.union([
  z.enum(["NONE", "AUTO"]).transform((word) => ({ auto: word === "AUTO" })),
  z
    .strictObject({
      url: z.string(),
      title: z.string(),
      description: z.string().optional(),
      thumbnail: z.string().optional(),
    })
    .transform((custom) => ({ custom })),
]);

export const sendAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/sendMessage",
    summary: "Send a text message",
    statuses: [200, 202],
    body: z.strictObject({
      ...sendFields,
      message: z.string(),
      linkPreview: preview.optional(),
      ...mentionFields,
    }),
    document: SendTextDocument,
    variables: ({ params, body: { message: text, ...body }, headers }) => ({
      input: { ...sendInput(params.id, body, headers), text },
    }),
    answer: ({ sendText }) => settled(sendText, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendEvent",
    summary: "Send an event that people can answer",
    statuses: [200, 202],
    body: z.strictObject({
      ...sendFields,
      name: z.string(),
      description: z.string().optional(),
      startsAt: z.string(),
      endsAt: z.string().optional(),
      location: z.strictObject(place).optional(),
    }),
    document: SendEventDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendEvent }) => settled(sendEvent, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendLocation",
    summary: "Send a place on the map",
    statuses: [200, 202],
    body: z.strictObject({
      ...sendFields,
      ...place,
    }),
    document: SendLocationDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendLocation }) => settled(sendLocation, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendContacts",
    summary: "Send contact cards",
    statuses: [200, 202],
    body: z.strictObject({
      ...sendFields,
      contacts: z.array(
        z.strictObject({
          name: z.string(),
          phone: z.string().optional(),
          vcard: z.string().optional(),
        }),
      ),
    }),
    document: SendContactsDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendContacts }) => settled(sendContacts, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendPoll",
    summary: "Send a poll",
    statuses: [200, 202],
    body: z.strictObject({
      ...sendFields,
      question: z.string(),
      options: z.array(z.string()),
      selectableCount: z.number().int().optional(),
    }),
    document: SendPollDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendPoll }) => settled(sendPoll, sent),
  }),
];
