import { z } from "zod";
import { flag, list } from "./fields.ts";
import { idempotencyKey } from "./sent.ts";

/** What every send may say. */
export const sendFields = {
  to: z.string(),
  scheduledAt: z.string().optional(),
  quotedId: z.string().optional(),
  disappearsAfter: z.coerce.number().int().optional(),
  typingMs: z.coerce.number().int().optional(),
};

/** Who is named in a text or caption. A form says a list as often as it has entries, or with commas. */
export const mentionFields = {
  mentions: z.union([z.array(z.string()), list]).optional(),
  mentionAll: flag.optional(),
};

/** A body says what GraphQL's input does, but for what stands in the path and the headers. */
export function sendInput<Body extends object>(instanceId: string, body: Body, headers: Headers) {
  return { ...body, instanceId, idempotencyKey: idempotencyKey(headers) };
}
