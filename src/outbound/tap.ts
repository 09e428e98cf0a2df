import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Trace } from "./timings.ts";

/** The head of an answer as the receiver sent it. Names are in lower case, repeated fields are joined by commas. */
export interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Stands between fetch and the sockets: keeps the true head of the answer aside and shows fetch a
 * plain 200 without headers. Fetch acts on what it sees as a browser does: it inflates encoded
 * bodies whatever was asked for, sends a request again on 421 and turns 407 into a nameless error.
 */
export function tap(
  trace: Trace,
  onHead: (head: Head) => void,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onResponseStarted() {
        trace.firstByteMs ||= trace.elapsedMs;
      },
      onResponseStart(controller, status, headers) {
        // Early hints and their like; the answer is still to come.
        if (status < 200) return;
        trace.phase = "reading the answer";
        onHead({ status, headers: joined(headers) });
        handler.onResponseStart?.(controller, 200, {}, "");
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    });
}

function joined(headers: IncomingHttpHeaders): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) fields.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return fields;
}
