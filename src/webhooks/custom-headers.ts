import { GatewayError } from "../domain/errors.ts";
import { isReservedHeader } from "../outbound/headers.ts";

/** Enough for any gateway in front of a receiver, and little beside the body. */
const MAX_HEADERS = 20;

/** Common servers take 8 KiB for all headers together. */
const MAX_BYTES = 4_096;

/** A token of RFC 9110, 5.6.2. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** RFC 9110, 5.5, without the bytes above ASCII, which every receiver reads differently. */
const VALUE = /^[\t\x20-\x7e]*$/;

/**
 * Checks the headers that a user wants beside ours.
 * @throws GatewayError BAD_INPUT; its message holds names and never values, which may be secrets.
 */
export function checkHeaders(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS) refuse(`A webhook has at most ${MAX_HEADERS} headers.`);
  const names = entries.map(([name]) => name.toLowerCase());
  if (new Set(names).size < names.length) refuse("A header is named twice.");
  for (const [name, value] of entries) {
    if (!NAME.test(name)) refuse(`"${name}" is not a header name.`);
    if (isOurs(name.toLowerCase())) {
      refuse(`The header "${name}" is set by wagraph and cannot be changed.`);
    }
    if (!VALUE.test(value)) refuse(`The value of "${name}" has characters that headers lack.`);
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes > MAX_BYTES) refuse(`The headers of a webhook have at most ${MAX_BYTES} characters.`);
  return headers;
}

/** What carries the signature, and what describes body and connection. */
function isOurs(name: string): boolean {
  const describesBody = name === "content-type" || name === "content-encoding";
  return describesBody || name.startsWith("webhook-") || isReservedHeader(name);
}

function refuse(message: string): never {
  throw new GatewayError("BAD_INPUT", message);
}
