import { type ErrorCode, GatewayError } from "../../../domain/errors.ts";

/** What WhatsApp was asked about: the same number means different things. */
export type Asking = "GROUP" | "ACT" | "INVITE";

const TOO_MANY = 429;
/** From here on it is the server that has trouble. */
const SERVER_TROUBLE = 500;

const NOT_THERE: readonly [ErrorCode, string] = [
  "GROUP_NOT_FOUND",
  "There is no such group, or the account is not in it.",
];
const NOT_ALLOWED: readonly [ErrorCode, string] = [
  "NOT_ALLOWED",
  "The account may not do this in the group: it is no admin of it, or not in it any more.",
];
const NO_INVITE: readonly [ErrorCode, string] = [
  "INVITE_INVALID",
  "This link leads to no group. It may have been made void: ask for a new one.",
];

const MEANINGS: Readonly<Record<Asking, ReadonlyMap<number, readonly [ErrorCode, string]>>> = {
  // Who asks for a group that they are not in is told "forbidden".
  GROUP: new Map([
    [401, NOT_THERE],
    [403, NOT_THERE],
    [404, NOT_THERE],
    [406, NOT_THERE],
  ]),
  ACT: new Map([
    [401, NOT_ALLOWED],
    [403, NOT_ALLOWED],
    [405, NOT_ALLOWED],
    [404, NOT_THERE],
  ]),
  INVITE: new Map([
    [400, NO_INVITE],
    [404, NO_INVITE],
    [406, NO_INVITE],
    [410, NO_INVITE],
    [401, ["NOT_ALLOWED", "The account may not join this group: an admin has removed it."]],
    [403, ["NOT_ALLOWED", "The account may not join this group."]],
  ]),
};

/** WhatsApp's own number for why it does not do something, as Baileys passes it on. */
function whatsappCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { data } = error as { data?: unknown };
  return typeof data === "number" ? data : undefined;
}

/** What WhatsApp refused, as an error for the caller. What is no refusal is left as it is. */
export function refusalOf(error: unknown, asking: Asking): unknown {
  const whatsappCode = whatsappCodeOf(error);
  if (whatsappCode === undefined || whatsappCode >= SERVER_TROUBLE) return error;
  const details = { whatsappCode };
  if (whatsappCode === TOO_MANY) {
    const message = "WhatsApp was asked too often about groups. Wait some minutes.";
    return new GatewayError("RATE_LIMITED", message, details, error);
  }
  const [code, message] = MEANINGS[asking].get(whatsappCode) ?? [
    "BAD_INPUT",
    `WhatsApp does not take this: ${(error as Error).message} (${whatsappCode}).`,
  ];
  return new GatewayError(code, message, details, error);
}
