import { GatewayError } from "../../domain/errors.ts";
import type { OutgoingContent } from "../../domain/outgoing.ts";
import type { BatchTarget, Spacing } from "./batch.ts";
import { filled } from "./template.ts";

/** As many as an account's queue takes in a day of sending at the pace that WhatsApp tolerates. */
const MAX_RECIPIENTS = 10_000;

/** No JID is longer; what is longer is no recipient. */
const LONGEST_TO = 128;

/** More than any form letter has; each costs a part of a row for each recipient. */
const MAX_VARIABLES = 50;
const LONGEST_VALUE = 4_096;

/** An hour: whoever wants to send less often has no batch in mind. */
const LONGEST_DELAY_MS = 60 * 60_000;

/** A recipient as they are stored. */
export interface CheckedTarget {
  readonly to: string;
  /** Null where nothing is to be filled in. */
  readonly variables: Readonly<Record<string, string>> | null;
}

/** How many there are, before anything is done for them. @throws GatewayError BAD_INPUT */
export function checkCount(recipients: readonly BatchTarget[]): void {
  if (recipients.length >= 1 && recipients.length <= MAX_RECIPIENTS) return;
  throw new GatewayError("BAD_INPUT", `A batch has 1 to ${MAX_RECIPIENTS} recipients.`);
}

/**
 * If anybody has variables, everything in braces is one and each recipient has to have its value; if nobody
 * has, braces are text.
 * @throws GatewayError BAD_INPUT, which says whose
 */
export function checkTargets(
  recipients: readonly BatchTarget[],
  content: OutgoingContent,
): readonly CheckedTarget[] {
  const isTemplate = recipients.some(({ variables }) => variables);
  return recipients.map(({ to, variables }, index) => {
    const refuse = (why: string) =>
      new GatewayError("BAD_INPUT", `recipients[${index}] (${to.slice(0, 80)}): ${why}`, { index });
    if (to.length > LONGEST_TO) throw refuse("This is neither a number nor a JID.");
    if (!isTemplate) return { to, variables: null };
    const given = variables ?? {};
    const values = Object.values(given);
    if (values.length > MAX_VARIABLES) throw refuse(`At most ${MAX_VARIABLES} variables.`);
    if (values.some((value) => value.length > LONGEST_VALUE)) {
      throw refuse(`The value of a variable has at most ${LONGEST_VALUE} characters.`);
    }
    try {
      filled(content, given);
    } catch (error) {
      throw error instanceof GatewayError ? refuse(error.message) : error;
    }
    return { to, variables: given };
  });
}

/** @throws GatewayError BAD_INPUT */
export function checkSpacing(spacing: Spacing | null | undefined): Spacing | null {
  if (!spacing) return null;
  const { delayMs, jitter } = spacing;
  if (!(delayMs >= 0 && delayMs <= LONGEST_DELAY_MS)) {
    throw new GatewayError("BAD_INPUT", `spacing.delayMs goes from 0 to ${LONGEST_DELAY_MS}.`);
  }
  if (!(jitter >= 0 && jitter <= 1)) {
    throw new GatewayError("BAD_INPUT", "spacing.jitter goes from 0 to 1.");
  }
  return { delayMs, jitter };
}
