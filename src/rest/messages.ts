import { z } from "zod";
import { MESSAGE_KINDS } from "../domain/content.ts";
import { MESSAGE_STATUSES } from "../domain/message.ts";
import { alias } from "./alias.ts";
import { messageOf } from "./chats.ts";
import { limit } from "./fields.ts";
import { ListMessagesDocument } from "./generated/operations.ts";
import { instancePath, paged } from "./paged.ts";

const time = z.iso.datetime({ offset: true });

/** Comma-separated. */
const statuses = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(MESSAGE_STATUSES)));

const kinds = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(MESSAGE_KINDS)));

export const messageAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/messages",
    summary:
      "The messages of an instance, the newest first; all, or those with these words in them",
    query: z.strictObject({
      chatId: z.string().optional(),
      sender: z.string().optional(),
      kind: kinds.optional(),
      from: time.optional(),
      to: time.optional(),
      hasMedia: z.stringbool().optional(),
      status: statuses.optional(),
      scheduled: z.stringbool().optional(),
      starred: z.stringbool().optional(),
      labelId: z.string().optional(),
      text: z.string().optional(),
      limit: limit.optional(),
      after: z.string().optional(),
    }),
    document: ListMessagesDocument,
    variables: ({ params, query: { limit: first, kind, status, ...wanted } }) => {
      return { instanceId: params.id, first, kinds: kind, statuses: status, ...wanted };
    },
    answer: ({ messages }, { params, query }) =>
      paged(instancePath(params.id, "messages"), query, messages, messageOf),
  }),
];
