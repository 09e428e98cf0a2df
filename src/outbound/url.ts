import { isIP } from "node:net";
import { blocked, judgeAddress } from "./address.ts";
import { OutboundError } from "./errors.ts";
import type { PrivateTargets } from "./private-targets.ts";

/** Longer addresses are refused by common servers and proxies (nginx takes a request line of 8 KiB at most). */
const MAX_URL_LENGTH = 2_048;

/** The host of a URL as `net.isIP` and the resolver want it: without the brackets of an IPv6 literal. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/**
 * Judges an address as text, without resolving its name: what can be said when it is created.
 * The WHATWG parser turns octal, hexadecimal and shortened IPv4 forms into the address they reach.
 *
 * @throws OutboundError `BAD_URL` or `BLOCKED_ADDRESS`.
 */
export function judgeUrl(text: string, targets: PrivateTargets): URL {
  if (text.length > MAX_URL_LENGTH) {
    throw new OutboundError("BAD_URL", `the URL is longer than ${MAX_URL_LENGTH} characters`);
  }
  const url = URL.parse(text);
  if (!url) throw new OutboundError("BAD_URL", "not an absolute URL");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new OutboundError("BAD_URL", `the scheme must be http or https, not "${url.protocol}"`);
  }
  if (url.username !== "" || url.password !== "") {
    // They would be stored and shown wherever the address is.
    throw new OutboundError("BAD_URL", "a user name or password does not belong in the URL");
  }
  const host = bareHost(url);
  if (isIP(host) !== 0) {
    const verdict = judgeAddress(host, targets);
    if (verdict !== "open") throw blocked(host, verdict);
  }
  return url;
}
