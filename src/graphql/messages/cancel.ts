import { builder } from "../builder.ts";
import type { ShownMessage } from "./message.ts";
import { messageTypeName, shown } from "./message.ts";
import { SENDABLE_TYPES } from "./message-kinds.ts";
import { resultType } from "../result.ts";

const CancelMessageResult = resultType<ShownMessage>("CancelMessageResult", {
  description: "The message, CANCELLED, or why it was not.",
  success: SENDABLE_TYPES,
  successName: messageTypeName,
  errors: ["INSTANCE_NOT_FOUND", "MESSAGE_NOT_FOUND", "TOO_LATE"],
});

builder.mutationField("cancelMessage", (t) =>
  t.field({
    authScopes: { may: "messages:send" },
    type: CancelMessageResult.type,
    description: "Takes a message back that is still QUEUED: scheduled, or waiting for its turn.",
    args: {
      instanceId: t.arg.id({ required: true }),
      id: t.arg.id({
        required: true,
        description: "WhatsApp's id, as the send was answered with.",
      }),
    },
    resolve: (_, { instanceId, id }, { messages }) =>
      CancelMessageResult.settle(async () => shown(await messages.cancel(instanceId, id))),
  }),
);
