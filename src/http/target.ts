import type { IncomingMessage } from "node:http";
import { MAX_URL_LENGTH } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/**
 * A name or address with or without a port. Anything else in the header would move parts of the
 * path into the host, or the other way round, when both are put together.
 */
const HOST = /^[A-Za-z0-9._~-]+(:\d+)?$|^\[[0-9A-Fa-f:.]+\](:\d+)?$/;

/**
 * The address of a request, as every later step sees it.
 * @throws Refusal 414, or 400 for what is no path on a host (`GET http://other/ HTTP/1.1`, `OPTIONS *`).
 */
export function targetOf(request: IncomingMessage): URL {
  const { url: path = "", headers } = request;
  if (path.length > MAX_URL_LENGTH) {
    throw new Refusal(414, "URL_TOO_LONG", `The URL is longer than ${MAX_URL_LENGTH} characters.`);
  }
  const host = headers.host ?? "localhost";
  const url = HOST.test(host) && path.startsWith("/") ? URL.parse(`http://${host}${path}`) : null;
  if (!url) {
    throw new Refusal(400, "BAD_INPUT", "The request line or the Host header is not valid.");
  }
  return url;
}
