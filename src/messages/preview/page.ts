import type { Outbound } from "../../outbound/outbound.ts";

/** What lies behind an address in the end. */
export interface Fetched {
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** From http to https, from there to www, from there to a language. */
const MAX_REDIRECTS = 3;

const HEADERS = { accept: "text/html, image/*", "user-agent": "wagraph (link preview)" };

/**
 * Fetches the beginning of what is behind an address. Each redirect is an address like the first, judged anew.
 * @param keepBytes the rest is not read
 * @returns nothing for what is not there, is compressed, or goes on redirecting
 * @throws OutboundError, and the reason of the signal
 */
export async function fetchBeginning(
  request: Outbound["request"],
  address: string,
  keepBytes: number,
  signal: AbortSignal,
): Promise<(Fetched & { readonly truncated: boolean }) | undefined> {
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const limits = { keepBytes, readBytes: keepBytes };
    const reply = await request({ method: "GET", url, headers: HEADERS, signal, ...limits });
    const { status, headers, body: bytes, truncated } = reply;
    const location = headers.get("location");
    if (status < 300 || status >= 400 || location === undefined) {
      const isPlain = (headers.get("content-encoding") ?? "identity") === "identity";
      const contentType = headers.get("content-type")?.toLowerCase() ?? "";
      return status === 200 && isPlain ? { url, contentType, bytes, truncated } : undefined;
    }
    const next = URL.parse(location, url);
    if (!next) return undefined;
    url = next.href;
  }
  return undefined;
}
