import type { Address } from "../domain/address.ts";

/**
 * What a connection can ask and change about people. Each call is one question to WhatsApp or a few, and takes
 * some seconds at most.
 * @throws GatewayError, every one of them: RATE_LIMITED when WhatsApp is asked too often, BAD_INPUT when WhatsApp
 *   does not take what was given, UNAVAILABLE when the instance is not connected or WhatsApp did not answer
 */
export interface PeopleCalls {
  /**
   * Asks who has these numbers, all in one question.
   * @param phones digits with the country code
   * @returns those that somebody has, by the number that was asked for; the JID may be another variant of it
   */
  check(phones: readonly string[]): Promise<ReadonlyMap<string, Address>>;
}
