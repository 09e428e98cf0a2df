import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  SendContactsDocument,
  SendLocationDocument,
  SendPollDocument,
} from "./generated/operations.ts";
import { idempotencyKey, sent } from "./sent.ts";

const shared = { to: z.string(), scheduledAt: z.string().optional() };

/** A body says what GraphQL's input does, but for what stands in the path and the headers. */
function sendInput<Body extends object>(instanceId: string, body: Body, headers: Headers) {
  return { ...body, instanceId, idempotencyKey: idempotencyKey(headers) };
}

export const structuredSendAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/sendLocation",
    summary: "Send a place on the map",
    statuses: [200, 202],
    body: z.strictObject({
      ...shared,
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
      address: z.string().optional(),
      url: z.string().optional(),
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
      ...shared,
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
      ...shared,
      question: z.string(),
      options: z.array(z.string()),
      selectableCount: z.number().int().optional(),
    }),
    document: SendPollDocument,
    variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
    answer: ({ sendPoll }) => settled(sendPoll, sent),
  }),
];
