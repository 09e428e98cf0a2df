import type { ContactCheck } from "../domain/contact-check.ts";

/**
 * The people that an account deals with, as WhatsApp knows them. Everything here is asked of WhatsApp when it is
 * asked for, so the account has to be connected.
 * @throws GatewayError, every one of them: INSTANCE_NOT_FOUND, NOT_LINKED, RATE_LIMITED when WhatsApp is asked too
 *   often, BAD_INPUT for what WhatsApp does not take, UNAVAILABLE when it cannot be asked or does not answer
 */
export interface People {
  /**
   * Who has these numbers on WhatsApp, in the order of the numbers. Answers are kept for a while.
   * @param inputs up to 1,000 numbers as people write them, or JIDs made of numbers
   */
  check(instanceId: string, inputs: readonly string[]): Promise<readonly ContactCheck[]>;
}
