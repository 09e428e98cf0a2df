import { GatewayError } from "../domain/errors.ts";
import type { Pacing } from "../domain/instance.ts";

export function badId(id: string): GatewayError {
  return new GatewayError(
    "BAD_INPUT",
    `"${id}" cannot name an instance: use 1 to 64 letters, digits, "-" or "_", beginning with a letter or digit.`,
  );
}

export function exists(id: string): GatewayError {
  return new GatewayError(
    "INSTANCE_EXISTS",
    `There is an instance "${id}" already. Use it, delete it first, or choose another id.`,
    { instanceId: id },
  );
}

export function badPhone(phone: string): GatewayError {
  return new GatewayError(
    "BAD_INPUT",
    `"${phone}" is no phone number: give country code and number, such as 5511999999999.`,
  );
}

/** One message in a hundred minutes: slower is no pace but a schedule. */
const SLOWEST_PER_MINUTE = 0.01;

export function checkPacing({ perMinute, burst, jitter }: Pacing): void {
  if (
    perMinute >= SLOWEST_PER_MINUTE &&
    perMinute <= 6_000 &&
    burst >= 1 &&
    burst <= 1_000 &&
    jitter >= 0 &&
    jitter <= 1
  )
    return;
  throw new GatewayError(
    "BAD_INPUT",
    "Pacing takes perMinute from 0.01 to 6000, burst from 1 to 1000 and jitter from 0 to 1.",
  );
}

export function unknownCursor(): GatewayError {
  return new GatewayError(
    "CURSOR_INVALID",
    "There is no instance at this cursor any more. Begin again with the first page.",
  );
}
