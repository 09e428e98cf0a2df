import type { ErrorCode } from "../domain/errors.ts";

const CODES = [
  "NOT_ON_WHATSAPP",
  "INVALID_RECIPIENT",
  "CHANNEL_NOT_FOUND",
  "NOT_ALLOWED",
] as const satisfies readonly ErrorCode[];

/** Whether a message failed because nobody is there to get it, or the account may not write there: waiting mends nothing. */
export function isNoRecipient(code: string): code is (typeof CODES)[number] {
  return CODES.some((each) => each === code);
}
