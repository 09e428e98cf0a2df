import { OutboundError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";

/** A body that flows past and is never held whole. */
export interface Download {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly contentLength?: number;
  /** Can be read once, inside the callback that received it. */
  readonly stream: AsyncIterable<Uint8Array>;
}

/**
 * Puts an answer under a cap of bytes.
 *
 * @throws OutboundError `REDIRECT`, `TOO_LARGE` (also from the stream) or `BAD_RESPONSE`.
 */
export function cappedDownload(exchange: Exchange, url: URL, maxBytes: number): Download {
  const { status, headers } = exchange.head;
  const fail = (code: OutboundError["code"], message: string): OutboundError =>
    new OutboundError(code, message, { call: { timings: exchange.trace.timings(), status } });

  const location = headers.get("location");
  if (status >= 300 && status < 400 && location !== undefined) {
    // Only the host: the rest of a redirect often carries a signature.
    const host = URL.parse(location, url.href)?.host ?? "an address that is no URL";
    throw fail("REDIRECT", `"${url.host}" redirects to "${host}"; redirects are not followed`);
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw fail("BAD_RESPONSE", `"${url.host}" answered with an encoding that was not asked for`);
  }
  const contentLength = declaredLength(headers.get("content-length"));
  const tooLarge = (): OutboundError =>
    fail("TOO_LARGE", `the answer of "${url.host}" is larger than ${maxBytes} bytes`);
  if (contentLength !== undefined && contentLength > maxBytes) throw tooLarge();

  return {
    status,
    contentType: headers.get("content-type"),
    ...(contentLength === undefined ? {} : { contentLength }),
    stream: capped(exchange.body, maxBytes, tooLarge),
  };
}

async function* capped(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  tooLarge: () => OutboundError,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    yield chunk;
  }
}

function declaredLength(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
