import type { ChatKind } from "../../domain/chat.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

export const ChatKindType = builder.enumType("ChatKind", {
  description: "What a chat is.",
  values: described<ChatKind>({
    DIRECT: "With one person.",
    GROUP: "A group.",
    CHANNEL: "A channel.",
    STATUS: "The status updates of contacts.",
  }),
});
