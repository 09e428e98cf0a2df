import type { ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../domain/errors.ts";

/** What can be wrong with a request before anybody looks at what it asks for. */
export type RefusalCode =
  | ErrorCode
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "REQUEST_TIMEOUT"
  | "BODY_TOO_LARGE"
  | "URL_TOO_LONG"
  | "HEADERS_TOO_LARGE"
  | "INTERNAL";

/** A request that is turned away at the door. The message is for the caller: it says what to do. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: RefusalCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: RefusalCode,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** GraphQL clients expect a list of errors where everybody else expects the error. */
export type ErrorShape = "graphql" | "rest";

function bodyOf({ code, message }: Refusal, shape: ErrorShape): string {
  const body =
    shape === "graphql"
      ? { errors: [{ message, extensions: { code } }] }
      : { error: { code, message } };
  return JSON.stringify(body);
}

/** Sends all of the answer and leaves it open: it is for the caller to end it when the request is through. */
export function refuse(response: ServerResponse, refusal: Refusal, shape: ErrorShape): void {
  const body = Buffer.from(bodyOf(refusal, shape));
  response.writeHead(refusal.status, {
    ...refusal.headers,
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.write(body);
}

/** The same for a connection that has no response object: an upgrade, or bytes that are not HTTP. */
export function refuseSocket(socket: Duplex, refusal: Refusal): void {
  const body = bodyOf(refusal, "rest");
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}`,
    ...Object.entries(refusal.headers).map(([name, value]) => `${name}: ${value}`),
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
