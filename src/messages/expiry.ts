import { steadyNow } from "../lib/steady-clock.ts";

/** A message that could not be sent for this long is not sent any more: 24 hours, in milliseconds. */
export const EXPIRES_AFTER_MS = 24 * 60 * 60_000;

/** What is told of a message that may have left, and that WhatsApp has confirmed in no day since. */
export const UNCONFIRMED = {
  code: "UNCONFIRMED",
  message: "WhatsApp has not confirmed the message within a day. It may have arrived.",
  whatsappCode: null,
} as const;

/**
 * Which messages are too old to be sent, or sent again, as a condition for queries. By the steady clock, and what was
 * scheduled by both: neither may a message be too old before its time has come, nor a machine's clock
 * that is set make it so.
 */
export function tooOld() {
  const longDue = new Date(Date.now() - EXPIRES_AFTER_MS);
  return {
    status: { in: ["QUEUED", "SENDING"] },
    expiresAt: { lte: new Date(steadyNow()) },
    OR: [{ scheduledAt: null }, { scheduledAt: { lte: longDue } }],
  };
}
