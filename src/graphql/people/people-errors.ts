import type { ExpectedCode } from "../error.ts";

/** Whatever an account does about people can end like this. */
export const ACCOUNT_ERRORS: readonly ExpectedCode[] = [
  "BAD_INPUT",
  "INSTANCE_NOT_FOUND",
  "NOT_LINKED",
];

/** Where somebody was named. */
export const PERSON_ERRORS: readonly ExpectedCode[] = [
  ...ACCOUNT_ERRORS,
  "INVALID_RECIPIENT",
  "NOT_ON_WHATSAPP",
];
