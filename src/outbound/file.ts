import { GatewayError } from "../domain/errors.ts";
import { mediaTooLarge } from "../domain/media-source.ts";
import type { Download } from "./download.ts";
import { OutboundError } from "./errors.ts";
import type { Outbound } from "./outbound.ts";

/** How long an address may take to give its file, in milliseconds. */
const DEADLINE_MS = 60_000;

/**
 * Fetches the file at an address that a caller has named.
 * @param to consumes the file
 * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, INVALID_ADDRESS, and what `to` throws
 */
export async function fetchFile<T>(
  url: string,
  maxBytes: number,
  download: Outbound["download"],
  to: (file: Download) => Promise<T>,
): Promise<T> {
  try {
    return await download({
      url,
      maxBytes,
      deadlineMs: DEADLINE_MS,
      to: async (file) => {
        if (file.status === 200) return to(file);
        throw unreachable(url, `it answered with status ${file.status}`);
      },
    });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    if (error.code === "TOO_LARGE") throw mediaTooLarge(maxBytes);
    if (error.code === "BAD_URL" || error.code === "BLOCKED_ADDRESS") {
      const message = `The file's address cannot be used: ${error.message}.`;
      throw new GatewayError("INVALID_ADDRESS", message, {}, error);
    }
    throw unreachable(url, error.message);
  }
}

function unreachable(url: string, why: string): GatewayError {
  return new GatewayError(
    "MEDIA_UNREACHABLE",
    `The file could not be fetched from ${new URL(url).host}: ${why}.`,
  );
}
