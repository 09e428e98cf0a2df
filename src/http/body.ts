import type { IncomingMessage } from "node:http";
import type { Share } from "./body-budget.ts";
import type { BodyLimit } from "./body-limit.ts";
import { Refusal } from "./refusal.ts";

/** The caller hung up: there is nobody to answer. */
export class CallerGone extends Error {
  override readonly name = "CallerGone";
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * The whole body, before anything is parsed: what is too large or too slow never reaches the pipeline.
 * @throws Refusal 413, 415 (compressed: a small body could unfold to any size), 408, 503; CallerGone
 */
export async function readBody(
  request: IncomingMessage,
  limit: BodyLimit,
  share: Share,
): Promise<Buffer<ArrayBuffer>> {
  const { "content-encoding": encoding = "identity", "content-length": length } = request.headers;
  if (encoding.toLowerCase() !== "identity") {
    const message = "Compressed bodies are not taken. Send it without Content-Encoding.";
    throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message);
  }
  if (Number(length ?? 0) > limit.maxBytes) throw tooLarge(limit);

  const { promise, resolve, reject } = Promise.withResolvers<Buffer<ArrayBuffer>>();
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    try {
      if (size > limit.maxBytes) throw tooLarge(limit);
      share.grow(chunk.length);
      chunks.push(chunk);
    } catch (error) {
      reject(error);
    }
  };
  const finish = (): void => resolve(Buffer.concat(chunks, size));
  const gone = (): void => reject(new CallerGone());
  const timer = setTimeout(() => reject(tooSlow(limit)), limit.timeoutMs);
  request.on("data", take).once("end", finish).once("close", gone);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    request.off("data", take).off("end", finish).off("close", gone);
  }
}

function tooLarge({ maxBytes }: BodyLimit): Refusal {
  const message = `The body is larger than the ${maxBytes} bytes that are taken here. Send large files as multipart/form-data or by URL.`;
  return new Refusal(413, "BODY_TOO_LARGE", message);
}

function tooSlow({ timeoutMs }: BodyLimit): Refusal {
  const message = `The body was not complete within ${timeoutMs / 1000} s.`;
  return new Refusal(408, "REQUEST_TIMEOUT", message, { connection: "close" });
}
