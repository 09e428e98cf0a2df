import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "../domain/errors.ts";
import type { MediaFile, MediaRoom } from "../media/media.ts";
import { Refusal } from "./refusal.ts";

const PATH = /^\/media\/([^/]+)$/;

/** Types that a browser only shows. All others are saved: a page from a stranger must not run under our name. */
const SHOWN = /^(image\/(jpeg|png|gif|webp)|video\/(mp4|webm|3gpp)|audio\/[\w.+-]+)$/;

/** RFC 9110, 8.3.1. What the sender stated goes into a header only if it is a type. */
const TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/;

/**
 * `GET /media/<token>`: the attachment behind a signed link, which needs no key. An attachment that turns
 * out to be wrong at its end is cut off before its last byte, so that nobody takes it for whole.
 * @returns whether the request was for one and is answered.
 * @throws Refusal 404, 405, 410, 502, 503
 */
export async function answerMedia(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  open: MediaRoom["open"],
  gone: AbortSignal,
): Promise<boolean> {
  const token = PATH.exec(path)?.[1];
  if (token === undefined) return false;
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new Refusal(405, "METHOD_NOT_ALLOWED", "A link to a file is only read.", {
      allow: "GET, HEAD",
    });
  }
  const file = await open(token);
  if (!file) {
    throw new Refusal(404, "NOT_FOUND", "There is no such file, or this link has expired.");
  }
  if (request.method === "HEAD") {
    response.writeHead(200, headersOf(file)).end();
    return true;
  }
  const bytes = file.read(gone);
  try {
    // The first bytes come before the status: until then it can still say what is wrong.
    const first = await bytes.next().catch((error: unknown) => {
      throw refusalOf(error);
    });
    response.writeHead(200, headersOf(file));
    await pipeline(beginningWith(first, bytes), response);
  } finally {
    await bytes.return();
  }
  return true;
}

async function* beginningWith(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

function headersOf({ media, expiresAt }: MediaFile): Record<string, string> {
  const type = TYPE.exec(media.mimetype)?.[0].toLowerCase() ?? "application/octet-stream";
  const seconds = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
  return {
    "content-type": type,
    "content-disposition": disposition(SHOWN.test(type) ? "inline" : "attachment", media.fileName),
    ...(media.size !== null && { "content-length": String(media.size) }),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "cache-control": `private, max-age=${seconds}, immutable`,
  };
}

/** RFC 6266: the name in ASCII for old readers, and as it is for all others. */
function disposition(kind: "inline" | "attachment", fileName: string | null): string {
  if (fileName === null) return kind;
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error;
  const { code, message } = error;
  if (code === "UNAVAILABLE") return new Refusal(503, code, message, { "retry-after": "5" });
  return new Refusal(code === "MEDIA_GONE" ? 410 : 502, code, message);
}
