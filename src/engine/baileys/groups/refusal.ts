import type { ErrorCode } from "../../../domain/errors.ts";
import { type Meanings, refused } from "../asking/refusal.ts";

/** What WhatsApp was asked about: the same number means different things. */
export type Asking = "GROUP" | "ACT" | "INVITE";

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

const MEANINGS: Readonly<Record<Asking, Meanings>> = {
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

/** What WhatsApp refused about groups, as an error for the caller. What is no refusal is left as it is. */
export function refusalOf(error: unknown, asking: Asking): unknown {
  return refused(error, "groups", MEANINGS[asking]);
}
