import type { IncomingMessage } from "node:http";
import { SimulatorError } from "../errors.ts";

/** A 64 MB file in base64, with room for the rest. */
const MAX_BODY_BYTES = 96 * 1024 * 1024;

/** @throws {SimulatorError} UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, BAD_REQUEST */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new SimulatorError("UNSUPPORTED_MEDIA_TYPE", "send application/json");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new SimulatorError("PAYLOAD_TOO_LARGE", `the body exceeds ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  const body = parse(Buffer.concat(chunks).toString("utf8"));
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new SimulatorError("BAD_REQUEST", "the body must be a JSON object");
  }
  return body as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SimulatorError("BAD_REQUEST", "the body is not JSON");
  }
}
