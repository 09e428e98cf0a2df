import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { Refusal } from "./refusal.ts";

export interface GuardOptions {
  /** Whether callers must show a key. */
  readonly keyed: boolean;
  /** Origins as browsers send them. */
  readonly allowedOrigins: readonly string[];
  /** Lower-case names, with a port where only that port is meant. */
  readonly allowedHosts: readonly string[];
}

/** @throws Refusal 403 for a request that a web page of somebody else made. */
export type Guard = (request: IncomingMessage, target: URL) => void;

/**
 * Keeps the browser of a user from being used against the gateway on the same machine. A page can
 * send requests to loopback, and by DNS rebinding (a name that first resolves to the page's server
 * and then to 127.0.0.1) can even read the answers; only `Host` and `Origin`, which a page cannot
 * forge, tell such requests from honest ones.
 *
 * With a key nothing is lost to a page that does not have it, so any `Host` is taken then, unless
 * names were listed.
 */
export function createGuard(options: GuardOptions): Guard {
  const origins = new Set(options.allowedOrigins);
  const hosts = new Set(options.allowedHosts);
  const checksHost = !options.keyed || hosts.size > 0;

  return (request, target) => {
    if (checksHost && !isOurs(request, target, hosts)) {
      throw new Refusal(
        403,
        "FORBIDDEN",
        `The host "${target.host}" is not a name of this gateway. Call it as localhost or 127.0.0.1 with its port, or add the name to ALLOWED_HOSTS.`,
      );
    }
    const { origin } = request.headers;
    const welcome =
      origin === undefined
        ? !madeByOtherPage(request)
        : origins.has(origin) || isSameOrigin(origin, target);
    if (welcome) return;
    throw new Refusal(
      403,
      "FORBIDDEN",
      "Web pages of another origin may not call this gateway. Add the page's origin to ALLOWED_ORIGINS to let it.",
    );
  };
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function isOurs(request: IncomingMessage, target: URL, hosts: ReadonlySet<string>): boolean {
  // Without a Host header (HTTP/1.0) there is nothing to judge.
  if (request.headers.host === undefined) return false;
  const { hostname } = target;
  const port = portOf(target);
  if (hosts.has(hostname) || hosts.has(`${hostname}:${port}`)) return true;
  return isLoopback(hostname) && port === String(request.socket.localPort);
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

function portOf(url: URL): string {
  return url.port || (url.protocol === "https:" ? "443" : "80");
}

/**
 * The scheme is the origin's: behind a proxy that ends TLS we see none. A host without a port is at the one
 * that the scheme has by itself; a page on another port of it is another page.
 */
export function isSameOrigin(origin: string, target: URL): boolean {
  const page = URL.parse(origin);
  if (page?.protocol !== "http:" && page?.protocol !== "https:") return false;
  const usual = page.protocol === "https:" ? "443" : "80";
  return page.hostname === target.hostname && portOf(page) === (target.port || usual);
}

/**
 * Images, scripts and frames are fetched without `Origin`. Browsers mark them (Fetch Metadata);
 * only a link that a person follows is let through, since the page it comes from sees nothing of it.
 */
function madeByOtherPage(request: IncomingMessage): boolean {
  const { "sec-fetch-site": site, "sec-fetch-mode": mode } = request.headers;
  if (site !== "cross-site" && site !== "same-site") return false;
  return mode !== "navigate" || request.method !== "GET";
}
