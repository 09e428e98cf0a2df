import { GatewayError } from "../domain/errors.ts";
import { PROXY_PORTS } from "../domain/proxy.ts";

/** As long as other addresses that the gateway keeps. */
const LONGEST = 2_048;

/**
 * A proxy's URL in one form. No message holds it: it may have a password in it.
 * @param judge throws for a literal address that may not be reached; names are judged when they are resolved
 * @throws GatewayError BAD_INPUT, INVALID_ADDRESS
 */
export function checkProxy(text: string, judge: (host: string) => void): string {
  const url = text.length <= LONGEST ? URL.parse(text.trim()) : null;
  const isKnown = url && Object.hasOwn(PROXY_PORTS, url.protocol.slice(0, -1));
  const isBare = url && /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "";
  if (!url || !isKnown || !isBare || url.hostname === "" || !decodes(url)) {
    throw new GatewayError(
      "BAD_INPUT",
      "`proxy` is a URL such as http://user:password@host:3128, https://host or socks5://host:1080.",
      { argument: "proxy" },
    );
  }
  judge(url.hostname.replace(/^\[(.*)\]$/, "$1"));
  return url.href;
}

function decodes({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
