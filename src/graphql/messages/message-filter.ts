import type { MessageKind } from "../../domain/content.ts";
import type { MessageStatus } from "../../domain/message.ts";
import type { MessageQuery } from "../../messages/messages.ts";
import type { ArgumentBuilder } from "../builder.ts";
import { MessageKindType } from "./message.ts";
import { MessageStatusType } from "./message-status.ts";

/** Which messages of a chat are wanted. What is left out is not asked about. */
export const narrowingArgs = (arg: ArgumentBuilder) => ({
  sender: arg.id({ description: "Only what this person wrote, by LID or by phone-number JID." }),
  kinds: arg({ type: [MessageKindType], description: "Only messages of these kinds." }),
  statuses: arg({ type: [MessageStatusType], description: "Only messages in these states." }),
  from: arg({ type: "DateTime", description: "Only messages of this time and later." }),
  to: arg({ type: "DateTime", description: "Only messages before this time." }),
  hasMedia: arg.boolean({ description: "Only messages with an attachment; with false, without." }),
  scheduled: arg.boolean({
    description: "Only messages that are QUEUED for a time of their own; with false, the others.",
  }),
  starred: arg.boolean({
    description: "Only messages that the account has put a star on; with false, without.",
  }),
  labelId: arg.id({ description: "Only messages with this label." }),
  text: arg.string({
    description:
      "Only messages whose text has all these words, whatever their accents and case; the last may be the beginning of one. What was deleted for everyone is not searched.",
  }),
});

export const filterArgs = (arg: ArgumentBuilder) => ({
  chatId: arg.id({ description: "Only this chat, by LID or by phone-number JID." }),
  ...narrowingArgs(arg),
});

interface Filter {
  readonly chatId?: string | null | undefined;
  readonly sender?: string | null | undefined;
  readonly kinds?: readonly MessageKind[] | null | undefined;
  readonly statuses?: readonly MessageStatus[] | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly hasMedia?: boolean | null | undefined;
  readonly scheduled?: boolean | null | undefined;
  readonly starred?: boolean | null | undefined;
  readonly labelId?: string | null | undefined;
  readonly text?: string | null | undefined;
}

/** The same in the words of the messages' room. */
export function wanted(
  instanceId: string,
  filter: Filter,
): Omit<MessageQuery, "limit" | "olderThan" | "newerThan" | "from"> {
  const { chatId = null, sender = null, kinds = null, statuses = null } = filter;
  const { from: since = null, to: until = null, hasMedia = null, text = null } = filter;
  const { scheduled: isScheduled = null, starred = null, labelId = null } = filter;
  const who = { instanceId, chatId, sender };
  const marked = { isScheduled, starred, labelId };
  return { ...who, kinds, statuses, since, until, hasMedia, ...marked, text };
}
