import { GatewayError } from "../../../domain/errors.ts";
import type { proto } from "../library.ts";
import { downloadPart } from "../media/download.ts";
import { createHosts, type HostsOptions } from "../media/hosts.ts";
import { whole } from "../translate/numbers.ts";

/** Far above what the settings of 100,000 chats take, and read into memory whole. In bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Fetches what is too large for an answer: WhatsApp says where on its media hosts it lies. */
export function createBlobs({
  query,
  network,
  proxy,
}: HostsOptions & { readonly proxy: string | null }) {
  const hosts = createHosts({ query, network });
  return async (blob: proto.ExternalBlobReference): Promise<Uint8Array> => {
    const size = whole(blob.fileSizeBytes);
    if (size === null || size > MAX_BYTES) {
      throw new GatewayError("MEDIA_TOO_LARGE", `A snapshot of ${size} bytes is not fetched.`);
    }
    const { hosts: named } = await hosts(false);
    const url = `https://${named[0]?.hostname}/`;
    const chunks: Uint8Array[] = [];
    const { directPath, mediaKey, fileSha256, fileEncSha256 } = blob;
    const part = { url, directPath, mediaKey, fileSha256, fileEncSha256, fileLength: size };
    const bytes = downloadPart(part, "md-app-state", network, undefined, proxy);
    for await (const chunk of bytes) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
}
