import { type Answer, errorBody } from "./answer.ts";
import type { MadeChangeFragment } from "./generated/operations.ts";
import { statusOf } from "./status.ts";

/** 202 when the wait was over first: the change is stored and will be made. */
export function changed({ status, timestamp, error, target }: MadeChangeFragment): Answer {
  const { id: messageId, chat } = target;
  if (status === "FAILED" && error) {
    const { code, message: words, whatsappCode } = error;
    const body = errorBody(code, words, { whatsappCode, messageId });
    return { status: statusOf(code) ?? 422, body };
  }
  const waits = status === "QUEUED" || status === "SENDING";
  return {
    status: waits ? 202 : 200,
    body: { messageId, status, timestamp, to: chat.pn ?? chat.id },
  };
}
