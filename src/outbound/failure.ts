import { CLOSED_MESSAGE, OutboundError, type FailedCall } from "./errors.ts";

/** What can go wrong once a socket is there. */
type WireFault = "BAD_RESPONSE" | "BAD_URL" | "CLOSED" | "RESET" | "TOO_LARGE";

/**
 * Names what broke a call. The errors of fetch and ofetch wrap each other; the one that knows is at
 * the end of the chain of causes. What none of them explains is a bug and comes back as it is.
 */
export function toOutboundError(error: unknown, host: string, call: FailedCall): unknown {
  for (const link of causes(error)) {
    if (link instanceof OutboundError) {
      return new OutboundError(link.code, link.message, { cause: link.cause, call });
    }
    const code = classify(link);
    if (code) return new OutboundError(code, describe(code, host), { cause: link, call });
  }
  return error;
}

function classify(error: Error): WireFault | undefined {
  // Fetch refuses the ports of mail, IRC, X11 and their like by this message alone (Fetch standard, "port blocking").
  if (error.message === "bad port") return "BAD_URL";
  const code = "code" in error ? String(error.code) : "";
  if (code === "UND_ERR_HEADERS_OVERFLOW") return "TOO_LARGE";
  if (error.name === "HTTPParserError" || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return "BAD_RESPONSE";
  }
  if (code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED") return "CLOSED";
  const broken =
    "syscall" in error ||
    code.startsWith("ERR_SSL_") ||
    code === "UND_ERR_SOCKET" ||
    code === "ECONNRESET";
  return broken ? "RESET" : undefined;
}

function describe(code: WireFault, host: string): string {
  switch (code) {
    case "BAD_URL":
      return "the port belongs to another protocol (mail, IRC, X11 and the like) and HTTP is not sent to it";
    case "TOO_LARGE":
      return `the headers of the answer of "${host}" are too large`;
    case "BAD_RESPONSE":
      return `the answer of "${host}" is not valid HTTP`;
    case "CLOSED":
      return CLOSED_MESSAGE;
    case "RESET":
      return `"${host}" closed the connection before the answer was complete`;
  }
}

/** The error and its causes, outermost first; five links are more than any library here makes. */
function* causes(error: unknown): Generator<Error> {
  let link = error;
  for (let depth = 0; depth < 5 && link instanceof Error; depth += 1) {
    yield link;
    link = link.cause;
  }
}
