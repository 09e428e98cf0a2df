import type { IncomingMessage } from "node:http";
import {
  BODY_TIMEOUT_MS,
  MAX_BASE64_JSON_BYTES,
  MAX_JSON_BYTES,
  MAX_UPLOAD_BYTES,
  UPLOAD_TIMEOUT_MS,
} from "./limits.ts";
import { isPreflighted, PREFLIGHT_HEADER } from "./preflight.ts";
import { Refusal } from "./refusal.ts";

export interface BodyLimit {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

const JSON_BODY: BodyLimit = { maxBytes: MAX_JSON_BYTES, timeoutMs: BODY_TIMEOUT_MS };
const BASE64_BODY: BodyLimit = { maxBytes: MAX_BASE64_JSON_BYTES, timeoutMs: BODY_TIMEOUT_MS };
const UPLOAD: BodyLimit = { maxBytes: MAX_UPLOAD_BYTES, timeoutMs: UPLOAD_TIMEOUT_MS };

const TAKES_FILES =
  /^\/credentials$|^\/instances\/[^/]+\/(send(Image|Video|Audio|Sticker|File|Status|Album)|batches|(profile|groups\/[^/]+)\/picture)$/;

/**
 * How much a request may send, judged by where it goes and what it says it is.
 * @param keyed whether the caller has shown a key, which no page can make a browser send.
 * @throws Refusal 415 for a type that GraphQL does not take, 400 for an upload that a form on any page could send.
 */
export function bodyLimit(request: IncomingMessage, path: string, keyed: boolean): BodyLimit {
  const type = mediaType(request);
  const multipart = type === "multipart/form-data";
  if (path !== "/graphql") {
    if (!TAKES_FILES.test(path)) return JSON_BODY;
    return multipart ? UPLOAD : BASE64_BODY;
  }
  if (request.method !== "POST") return JSON_BODY;
  if (type === "application/json") return BASE64_BODY;
  if (!multipart) {
    const message =
      "GraphQL operations are sent as Content-Type: application/json (uploads as multipart/form-data).";
    throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message);
  }
  if (!keyed && !isPreflighted(request.headers)) {
    throw new Refusal(400, "BAD_INPUT", `Uploads need the header ${PREFLIGHT_HEADER}.`);
  }
  return UPLOAD;
}

/** In lower case and without parameters. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
