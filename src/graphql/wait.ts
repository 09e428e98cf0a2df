import { GatewayError } from "../domain/errors.ts";

/** A call is answered within a minute, or proxies and clients give up on it first. */
const LONGEST_WAIT_MS = 60_000;

/** @throws GatewayError BAD_INPUT beyond 0 to 60,000 milliseconds */
export function checkWait(waitMs: number): number {
  if (waitMs >= 0 && waitMs <= LONGEST_WAIT_MS) return waitMs;
  throw new GatewayError(
    "BAD_INPUT",
    `\`waitMs\` is a number of milliseconds from 0 to ${LONGEST_WAIT_MS}.`,
    { argument: "waitMs" },
  );
}
