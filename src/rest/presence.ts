import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  SetPresenceDocument,
  SetTypingDocument,
  SubscribePresenceDocument,
} from "./generated/operations.ts";

export const presenceAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/presence",
    summary: "Show the account as online or not",
    body: z.strictObject({ presence: z.enum(["AVAILABLE", "UNAVAILABLE"]) }),
    document: SetPresenceDocument,
    variables: ({ params, body: { presence: availability } }) => ({
      input: { instanceId: params.id, availability },
    }),
    answer: ({ setPresence }, { params }) =>
      settled(setPresence, ({ availability }) => ({
        status: 200,
        body: { instanceId: params.id, presence: availability },
      })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/chats/:chatId/typing",
    summary: "Show in a chat that the account types or records, or has stopped to",
    body: z.strictObject({ typing: z.enum(["COMPOSING", "RECORDING", "PAUSED"]) }),
    document: SetTypingDocument,
    variables: ({ params, body: { typing } }) => ({
      input: { instanceId: params.id, to: params.chatId, typing },
    }),
    answer: ({ setTyping }) =>
      settled(setTyping, ({ chat, typing }) => ({ status: 200, body: { chat, typing } })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/contacts/:contactId/subscribe",
    summary: "Be told when somebody comes online and goes",
    document: SubscribePresenceDocument,
    variables: ({ params }) => ({ input: { instanceId: params.id, contact: params.contactId } }),
    answer: ({ subscribePresence }) =>
      settled(subscribePresence, ({ contact }) => ({ status: 200, body: { contact } })),
  }),
];
