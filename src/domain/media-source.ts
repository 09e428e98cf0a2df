import type { Readable } from "node:stream";
import { GatewayError } from "./errors.ts";

/** A file that comes as it is read. */
export interface StreamSource {
  readonly stream: Readable;
  readonly fileName: string | null;
  readonly mimetype: string | null;
}

/** Where a file comes from that a caller brings along. */
export type FileSource = { readonly url: string } | { readonly base64: string } | StreamSource;

/** The same, or the attachment of a stored message, by the gateway's own name of that. */
export type MediaSource = FileSource | { readonly messageUid: string };

/**
 * A data URI is taken too: its header is dropped.
 * @throws GatewayError MEDIA_INVALID
 */
export function decodeBase64(text: string): Buffer {
  const body = text.replace(/^data:[^,]*,/, "").replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(body)) {
    throw new GatewayError("MEDIA_INVALID", "`base64` holds characters that are not base64.");
  }
  return Buffer.from(body, "base64");
}

export function mediaTooLarge(maxBytes: number): GatewayError {
  const limit = Math.round(maxBytes / 1024 / 1024);
  return new GatewayError(
    "MEDIA_TOO_LARGE",
    `The file is larger than ${limit} MiB, the most that can be sent of its kind.`,
    { maxBytes },
  );
}
