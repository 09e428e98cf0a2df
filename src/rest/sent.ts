import type { Answer } from "./answer.ts";
import { errorBody } from "./answer.ts";
import type { SentFragment } from "./generated/operations.ts";
import { statusOf } from "./status.ts";

/** 202 when the wait was over first: the message is stored and will be sent. */
export function sent(message: SentFragment): Answer {
  const { id: messageId, status, timestamp, chat, error } = message;
  if (status === "FAILED" && error) {
    const { code, message: words, whatsappCode } = error;
    const body = errorBody(code, words, { whatsappCode, messageId });
    return { status: statusOf(code) ?? 422, body };
  }
  const waits = status === "QUEUED" || status === "SENDING";
  const body = { messageId, status, timestamp, to: chat.pn ?? chat.id };
  return { status: waits ? 202 : 200, body, headers: rateLimit(message) };
}

/** What is left of the account's pace, in the headers of the IETF's draft on rate limits; nothing without pacing. */
function rateLimit({ pacing }: SentFragment): Record<string, string> {
  if (!pacing) return {};
  return {
    "ratelimit-limit": String(pacing.burst),
    "ratelimit-remaining": String(pacing.remaining),
    "ratelimit-reset": String(Math.ceil(pacing.nextInMs / 1_000)),
  };
}

export const idempotencyKey = (headers: Headers) => headers.get("idempotency-key");
