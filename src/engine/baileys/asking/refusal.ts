import { type ErrorCode, GatewayError } from "../../../domain/errors.ts";

const TOO_MANY = 429;
/** From here on it is the server that has trouble. */
const SERVER_TROUBLE = 500;

/** What numbers mean where something in particular was asked. */
export type Meanings = ReadonlyMap<number, readonly [ErrorCode, string]>;

/** WhatsApp's own number for why it does not do something, as Baileys passes it on. */
export function whatsappCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { data } = error as { data?: unknown };
  return typeof data === "number" ? data : undefined;
}

/**
 * What WhatsApp refused, as an error for the caller. What is no refusal is left as it is.
 * @param subject what it was asked about, in words
 */
export function refused(error: unknown, subject: string, meanings?: Meanings): unknown {
  const whatsappCode = whatsappCodeOf(error);
  if (whatsappCode === undefined || whatsappCode >= SERVER_TROUBLE) return error;
  const details = { whatsappCode };
  if (whatsappCode === TOO_MANY) {
    const message = `WhatsApp was asked too often about ${subject}. Wait some minutes.`;
    return new GatewayError("RATE_LIMITED", message, details, error);
  }
  const [code, message] = meanings?.get(whatsappCode) ?? [
    "BAD_INPUT",
    `WhatsApp does not take this: ${(error as Error).message} (${whatsappCode}).`,
  ];
  return new GatewayError(code, message, details, error);
}
