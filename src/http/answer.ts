import type { IncomingMessage, ServerResponse } from "node:http";
import { asError } from "../domain/errors.ts";
import { newId } from "../lib/ids.ts";
import type { Readiness } from "../health/readiness.ts";
import type { Log } from "../lib/log.ts";
import { withRequestId } from "../lib/request-id.ts";
import type { Knock } from "./admission.ts";
import { mayGoOn, rateHeaders, takeTurn } from "./admission.ts";
import { CallerGone, hasBody, readBody } from "./body.ts";
import type { BodyBudget } from "./body-budget.ts";
import { bodyLimit, mediaType } from "./body-limit.ts";
import { answerCors } from "./cors.ts";
import type { Dashboard } from "./dashboard.ts";
import type { Graphiql } from "./graphiql.ts";
import type { Guard } from "./guard.ts";
import { answerHealth } from "./health.ts";
import { LINGER_MS } from "./limits.ts";
import { answerMedia } from "./media.ts";
import { answerPage } from "./pages.ts";
import type { Api, Pipeline } from "./pipeline.ts";
import { isPreflighted, PREFLIGHT_HEADER } from "./preflight.ts";
import { Refusal, refuse } from "./refusal.ts";
import { isStream, sendReply } from "./reply.ts";
import type { Seats } from "./seats.ts";
import type { SessionParts } from "./session.ts";
import { answerSession } from "./session.ts";
import { expectStanding, whileStanding } from "./standing.ts";
import { targetOf } from "./target.ts";

export interface AnswerParts extends SessionParts {
  readonly guard: Guard;
  readonly pipeline: Pipeline;
  readonly graphiql: Graphiql;
  readonly dashboard: Dashboard;
  readonly openMedia: Api["openMedia"];
  readonly budget: BodyBudget;
  readonly seats: Seats;
  readonly readiness: Readiness;
  readonly allowedOrigins: readonly string[];
  /** Aborted when the server stops. */
  readonly closing: AbortSignal;
  readonly log: Log;
}

/** Where the demo has its WhatsApp. */
const SIMULATOR = "/simulator/";

/** Why an operation ends: whoever asked for it has gone, or has their answer. */
const OVER = new CallerGone();

/** Answers a request, whatever it is and whatever goes wrong: it never rejects. */
export async function answer(
  parts: AnswerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let path = "";
  const requestId = newId();
  response.setHeader("x-request-id", requestId);
  const gone = new AbortController();
  // Also where all was said: an operation that nobody asked to end may still wait for its next event.
  response.once("close", () => gone.abort(OVER));
  try {
    const target = targetOf(request);
    path = target.pathname;
    const exchange = { request, response, target, requestId, gone };
    await withRequestId(requestId, () => admitted(parts, exchange));
  } catch (error) {
    if (gone.signal.aborted || response.destroyed) return;
    if (!(error instanceof Refusal))
      parts.log.error("a request failed", { requestId, path: withoutLink(path), err: error });
    if (response.headersSent) {
      response.destroy(asError(error));
      return;
    }
    refuse(response, asRefusal(error), path === "/graphql" ? "graphql" : "rest");
    endWith(request, response);
  }
}

/** A link to a file opens it for whoever reads the log, too. */
function withoutLink(path: string): string {
  return path.startsWith("/media/") ? "/media/…" : path;
}

interface Exchange extends Knock {
  readonly response: ServerResponse;
  /** Aborted when the caller hangs up. */
  readonly gone: AbortController;
}

/** The steps in their order: each stands before what it protects. */
async function admitted(parts: AnswerParts, exchange: Exchange): Promise<void> {
  const { access, admission, guard, pipeline, budget, seats } = parts;
  const { readiness, allowedOrigins, closing } = parts;
  const { request, response, target, requestId, gone } = exchange;
  const path = target.pathname;

  if (await answerHealth(request, response, path, readiness)) return;
  guard(request, target);
  if (answerCors(request, response, allowedOrigins)) return;
  if (await answerPage(request, response, path, parts.graphiql, parts.dashboard)) return;
  if (await answerMedia(request, response, path, parts.openMedia, gone.signal)) return;
  if (answerSession(exchange, response, parts)) return;
  const known = admission.admit(exchange);
  takeTurn(known);
  for (const [name, value] of rateHeaders(known.rate)) response.setHeader(name, value);
  if (parts.simulator && path.startsWith(SIMULATOR)) {
    request.url = path.slice(SIMULATOR.length - 1) + target.search;
    parts.simulator(request, response);
    return;
  }
  using share = budget.share(known.caller.keyId);
  const method = request.method ?? "GET";
  if (path === "/graphql" && method === "GET") expectOwnWords(request);
  const init: RequestInit = { method, headers: headersOf(request, path), signal: gone.signal };
  if (hasBody(request) || method === "POST") {
    const limit = bodyLimit(request, path, access.keyed);
    if (request.headers.expect !== undefined) response.writeContinue();
    const body = await readBody(request, limit, share);
    expectStanding(known.caller);
    if (method !== "GET" && method !== "HEAD") init.body = body;
  }
  const { caller } = known;
  const working = pipeline.fetch(target.href, init, {
    caller,
    takeTurn: () => mayGoOn(known),
    address: request.socket.remoteAddress ?? null,
    requestId,
    origin: target.origin,
    signal: gone.signal,
  });
  const reply = await whileStanding(caller, working);
  const free = isStream(reply) ? seats.take(caller) : () => undefined;
  if (free === undefined) throw tooManyStreams(seats.perKey);
  try {
    await sendReply(reply, response, gone, [closing, caller.ended]);
  } finally {
    free();
  }
}

function tooManyStreams(perKey: number): Refusal {
  const message = `A key has at most ${perKey} sockets and streams open.`;
  return new Refusal(429, "RATE_LIMITED", message, { "retry-after": "5" });
}

/**
 * A link, a picture, a form: any page can make a browser send a GET, and an operation is in its query.
 * @throws Refusal 400
 */
function expectOwnWords({ headers }: IncomingMessage): void {
  if (isPreflighted(headers)) return;
  throw new Refusal(
    400,
    "BAD_INPUT",
    `GraphQL operations are sent with POST; with GET they need the header ${PREFLIGHT_HEADER}.`,
  );
}

/** Yoga compares types letter by letter: `Application/JSON ; charset=utf-8` would be none it knows. */
function headersOf(request: IncomingMessage, path: string): Record<string, string> {
  const headers = { ...request.headers } as Record<string, string>;
  if (path === "/graphql" && mediaType(request) === "application/json") {
    headers["content-type"] = "application/json";
  }
  return headers;
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(500, "INTERNAL", "Something went wrong on our side. The log has the details.");
}

/**
 * A sender that is cut off while it is still sending may never read why. So the answer is not ended, which
 * would end the connection where the sender asked for that, before the rest was read and thrown away for a
 * moment.
 */
function endWith(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) {
    response.end();
    return;
  }
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(() => {
    response.end();
    request.destroy();
  }, LINGER_MS);
  timer.unref();
  request.once("end", end).once("close", end).resume();
}
