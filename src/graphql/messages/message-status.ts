import type { MessageStatus } from "../../domain/message.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

export const MessageStatusType = builder.enumType("MessageStatus", {
  description: "How far a message has come. It only moves forward.",
  values: described<MessageStatus>({
    QUEUED: "Stored; leaves when the connection is open and it is its turn.",
    SENDING: "On its way to WhatsApp's server. It may or may not be there.",
    SERVER_ACK: "WhatsApp's server has it.",
    DELIVERED: "It is on a device of the receiver.",
    READ: "The receiver has read it.",
    PLAYED: "The receiver has played the voice message or video.",
    FAILED: "It was refused, see `error`. It will not be sent again.",
    EXPIRED: "It waited too long to be sent and was given up.",
    CANCELLED: "It was cancelled before it left.",
  }),
});
