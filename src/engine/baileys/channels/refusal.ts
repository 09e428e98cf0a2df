import type { ErrorCode } from "../../../domain/errors.ts";
import { type Meanings, refused } from "../asking/refusal.ts";

/** What WhatsApp was asked about: the same number means different things. */
export type Asking = "CHANNEL" | "ACT" | "INVITE";

type Meaning = readonly [ErrorCode, string];

const NOT_THERE: Meaning = ["CHANNEL_NOT_FOUND", "There is no such channel."];
const GONE: Meaning = ["CHANNEL_NOT_FOUND", "The channel was deleted."];
const NOT_ALLOWED: Meaning = [
  "NOT_ALLOWED",
  "The account may not do this in the channel: it is not its owner, or no admin of it.",
];
const NO_INVITE: Meaning = [
  "INVITE_INVALID",
  "This link leads to no channel. It may have been made void, or the channel deleted.",
];

const MEANINGS: Readonly<Record<Asking, Meanings>> = {
  CHANNEL: new Map([
    [404, NOT_THERE],
    [410, GONE],
  ]),
  ACT: new Map([
    [401, NOT_ALLOWED],
    [403, NOT_ALLOWED],
    [405, NOT_ALLOWED],
    [404, NOT_THERE],
    [410, GONE],
  ]),
  INVITE: new Map([
    [400, NO_INVITE],
    [404, NO_INVITE],
    [406, NO_INVITE],
    [410, NO_INVITE],
  ]),
};

/** What WhatsApp refused about channels, as an error for the caller. What is no refusal is left as it is. */
export function refusalOf(error: unknown, asking: Asking): unknown {
  return refused(error, "channels", MEANINGS[asking]);
}
