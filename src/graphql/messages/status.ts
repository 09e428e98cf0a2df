import { GatewayError } from "../../domain/errors.ts";
import { builder } from "../builder.ts";
import { resultType } from "../result.ts";
import type { ShownMessage } from "./message.ts";
import { messageTypeName, shown } from "./message.ts";
import { AudioMessage, ImageMessage, TextMessage, VideoMessage } from "./message-kinds.ts";
import { SendStatusInput, statusContent } from "./status-input.ts";

const SendStatusResult = resultType<ShownMessage>("SendStatusResult", {
  description: "The status as it was when the wait was over, or why it was not posted.",
  success: [TextMessage, ImageMessage, VideoMessage, AudioMessage],
  successName: messageTypeName,
  errors: [
    "BAD_INPUT",
    "INSTANCE_NOT_FOUND",
    "NOT_LINKED",
    "QUEUE_FULL",
    "SEND_REJECTED",
    "IDEMPOTENCY_MISMATCH",
    "INVALID_ADDRESS",
    "MEDIA_UNREACHABLE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

builder.mutationField("sendStatus", (t) =>
  t.field({
    authScopes: { may: "messages:send" },
    type: SendStatusResult.type,
    description:
      "Posts a status, which phones show for a day. It is a message of the chat `status@broadcast`: `receipts` says who has seen it, `deleteMessage` takes it away.",
    args: { input: t.arg({ type: SendStatusInput, required: true }) },
    resolve: (_, { input }, { messages }) =>
      SendStatusResult.settle(async () => {
        const { content, audience, ...options } = input;
        if (!audience.contacts && !audience.everybody) {
          throw new GatewayError("BAD_INPUT", "Say who is shown the status.");
        }
        const named = audience.contacts ?? null;
        const request = { ...options, content: statusContent(content), audience: named };
        return shown(await messages.post(request));
      }),
  }),
);
