import type { SendContent } from "../../messages/messages.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import type { ExpectedCode } from "../error.ts";
import type { ShownMessage } from "./message.ts";
import { messageTypeName, shown } from "./message.ts";
import {
  ContactsMessage,
  EventMessage,
  LocationMessage,
  PollMessage,
  TextMessage,
} from "./message-kinds.ts";
import { resultType } from "../result.ts";
import { previewWish } from "./link-preview-input.ts";
import type { SendOptions } from "./send-input.ts";
import {
  SendContactsInput,
  SendEventInput,
  SendLocationInput,
  SendPollInput,
  SendTextInput,
} from "./send-input.ts";

export const SEND_ERRORS: readonly ExpectedCode[] = [
  "BAD_INPUT",
  "INSTANCE_NOT_FOUND",
  "NOT_LINKED",
  "INVALID_RECIPIENT",
  "NOT_ON_WHATSAPP",
  "CHANNEL_NOT_FOUND",
  "NOT_ALLOWED",
  "MESSAGE_NOT_FOUND",
  "QUEUE_FULL",
  "SEND_REJECTED",
  "IDEMPOTENCY_MISMATCH",
];

const SendResult = resultType<ShownMessage>("SendResult", {
  description: "The message as it was when the wait was over, or why it was not sent.",
  success: [TextMessage, LocationMessage, ContactsMessage, PollMessage, EventMessage],
  successName: messageTypeName,
  errors: [...SEND_ERRORS, "MEDIA_INVALID"],
});

export async function send({ messages }: Context, content: SendContent, options: SendOptions) {
  const { instanceId, to, quotedId, idempotencyKey, scheduledAt, waitFor, waitTimeoutMs } = options;
  const { mentions, mentionAll, disappearsAfter, typingMs } = options;
  const context = { quotedId, mentions, mentionAll, disappearsAfter, typingMs };
  const waiting = { idempotencyKey, scheduledAt, waitFor, waitTimeoutMs };
  return shown(await messages.send({ instanceId, to, content, ...context, ...waiting }));
}

builder.mutationFields((t) => ({
  sendText: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends a text message.",
    args: { input: t.arg({ type: SendTextInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => {
        const { text, linkPreview } = input;
        return send(context, { kind: "TEXT", text, preview: previewWish(linkPreview) }, input);
      }),
  }),
  sendLocation: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends a place on the map.",
    args: { input: t.arg({ type: SendLocationInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => send(context, { kind: "LOCATION", location: input }, input)),
  }),
  sendContacts: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends contact cards.",
    args: { input: t.arg({ type: SendContactsInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => send(context, { kind: "CONTACTS", contacts: input.contacts }, input)),
  }),
  sendEvent: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends an event: an appointment that people can answer.",
    args: { input: t.arg({ type: SendEventInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => send(context, { kind: "EVENT", appointment: input }, input)),
  }),
  sendPoll: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends a poll.",
    args: { input: t.arg({ type: SendPollInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => send(context, { kind: "POLL", poll: input }, input)),
  }),
}));
