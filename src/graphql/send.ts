import { Readable } from "node:stream";
import { GatewayError } from "../domain/errors.ts";
import type { MediaSource, SendContent } from "../messages/messages.ts";
import { builder } from "./builder.ts";
import type { Context } from "./context.ts";
import type { ExpectedCode } from "./error.ts";
import type { ShownMessage } from "./message.ts";
import { messageTypeName, shown } from "./message.ts";
import {
  ContactsMessage,
  DocumentMessage,
  ImageMessage,
  LocationMessage,
  PollMessage,
  TextMessage,
} from "./message-kinds.ts";
import { resultType } from "./result.ts";
import type { SendOptions } from "./send-input.ts";
import {
  SendContactsInput,
  SendFileInput,
  SendImageInput,
  SendLocationInput,
  SendPollInput,
  SendTextInput,
} from "./send-input.ts";

const SEND_ERRORS: readonly ExpectedCode[] = [
  "BAD_INPUT",
  "INSTANCE_NOT_FOUND",
  "NOT_LINKED",
  "INVALID_RECIPIENT",
  "NOT_ON_WHATSAPP",
  "MESSAGE_NOT_FOUND",
  "QUEUE_FULL",
  "SEND_REJECTED",
  "IDEMPOTENCY_MISMATCH",
];

const SendResult = resultType<ShownMessage>("SendResult", {
  description: "The message as it was when the wait was over, or why it was not sent.",
  success: [TextMessage, LocationMessage, ContactsMessage, PollMessage],
  successName: messageTypeName,
  errors: SEND_ERRORS,
});

const SendMediaResult = resultType<ShownMessage>("SendMediaResult", {
  description: "The message as it was when the wait was over, or why it was not sent.",
  success: [ImageMessage, DocumentMessage],
  successName: messageTypeName,
  errors: [
    ...SEND_ERRORS,
    "INVALID_ADDRESS",
    "MEDIA_UNREACHABLE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

async function send({ messages }: Context, content: SendContent, options: SendOptions) {
  const { instanceId, to, quotedId, idempotencyKey, scheduledAt, waitFor, waitTimeoutMs } = options;
  return shown(
    await messages.send({
      instanceId,
      to,
      content,
      quotedId: quotedId ?? null,
      idempotencyKey: idempotencyKey ?? null,
      scheduledAt: scheduledAt ?? null,
      waitFor: waitFor ?? null,
      waitTimeoutMs: waitTimeoutMs ?? null,
    }),
  );
}

builder.mutationFields((t) => ({
  sendText: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends a text message.",
    args: { input: t.arg({ type: SendTextInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => {
        const { text, mentions = null } = input;
        return send(context, { kind: "TEXT", text, mentions }, input);
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
  sendPoll: t.field({
    authScopes: { may: "messages:send" },
    type: SendResult.type,
    description: "Sends a poll.",
    args: { input: t.arg({ type: SendPollInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendResult.settle(() => send(context, { kind: "POLL", poll: input }, input)),
  }),
  sendImage: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description: "Sends a picture that the receiver sees in the chat.",
    args: { input: t.arg({ type: SendImageInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() => {
        const source = sourceOf(input.media);
        return send(context, { kind: "IMAGE", source, caption: input.caption ?? null }, input);
      }),
  }),
  sendFile: t.field({
    authScopes: { may: "messages:send" },
    type: SendMediaResult.type,
    description: "Sends a file of any type as a document.",
    args: { input: t.arg({ type: SendFileInput, required: true }) },
    resolve: (_, { input }, context) =>
      SendMediaResult.settle(() => {
        const { caption, fileName, mimetype } = input;
        const content: SendContent = {
          kind: "DOCUMENT",
          source: sourceOf(input.media),
          caption: caption ?? null,
          fileName: fileName ?? null,
          mimetype: mimetype ?? null,
        };
        return send(context, content, input);
      }),
  }),
}));

function sourceOf(media: {
  readonly url?: string | null | undefined;
  readonly base64?: string | null | undefined;
  readonly upload?: File | null | undefined;
}): MediaSource {
  if (media.url) return { url: media.url };
  if (media.base64) return { base64: media.base64 };
  if (media.upload) {
    const { name, type } = media.upload;
    return {
      stream: Readable.from(bytesOf(media.upload)),
      fileName: name || null,
      mimetype: type || null,
    };
  }
  throw new GatewayError("BAD_INPUT", "The media is empty. Give a URL, base64 or an upload.", {
    argument: "media",
  });
}

/** Read by its reader: the server's own stream class is not the one that Node converts. */
async function* bytesOf(file: File): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = file.stream().getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
