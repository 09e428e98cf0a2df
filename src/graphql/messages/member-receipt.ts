import type { MemberStatus } from "../../messages/messages.ts";
import { ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { MessageInterface } from "./message.ts";
import { MessageStatusType } from "./message-status.ts";

const MemberReceiptType = builder.objectRef<MemberStatus>("MemberReceipt").implement({
  description: "How far a message of ours came with one member of its group.",
  fields: (t) => ({
    participant: t.expose("participant", { type: ParticipantType, description: "The member." }),
    status: t.expose("status", { type: MessageStatusType, description: "How far it came." }),
    at: t.expose("at", { type: "DateTime", description: "When it came that far." }),
  }),
});

builder.interfaceField(MessageInterface, "receipts", (t) =>
  t.field({
    type: [MemberReceiptType],
    description:
      "In groups, and for a status: how far a message of ours came with each member who has answered. Empty elsewhere, and inside events.",
    resolve: ({ uid }, _, { messages }) => (uid ? messages.receipts(uid) : []),
  }),
);
