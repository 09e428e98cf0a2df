import { Headers } from "undici";

/**
 * Headers that describe the connection or the framing and so are ours to set. A `Host` from outside
 * would also change the name that is asked for in the TLS handshake.
 */
const RESERVED: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Whether a header given by a user is left out because it is ours to set. */
export function isReservedHeader(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}

/**
 * The headers as they go out: the caller's without the reserved ones.
 *
 * @throws TypeError for a name or a value that HTTP does not allow.
 */
export function outgoingHeaders(
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const headers = new Headers({ "user-agent": "wagraph" });
  for (const [name, value] of Object.entries(given)) {
    if (!isReservedHeader(name)) headers.set(name, value);
  }
  // Left out, fetch would ask for compressed answers.
  headers.set("accept-encoding", "identity");
  return Object.fromEntries(headers);
}
