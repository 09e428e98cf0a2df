import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Faults } from "../faults/faults.ts";
import type { Stats } from "../stats.ts";
import type { MediaCertificate } from "./certificate.ts";
import { sha256 } from "./media-crypto.ts";
import type { MediaStore } from "./media-store.ts";

/** The largest file WhatsApp takes is 2 GB; a test that needs more than 100 MB tests something else. */
export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

const SERVICE_UNAVAILABLE = 503;

export interface MediaServer extends AsyncDisposable {
  /** `127.0.0.1:port`, as `media_conn` advertises it. */
  readonly host: string;
}

/** Serves `POST` and `GET /mms/<type>/<hash>` over HTTPS; the hash is the file's SHA-256, url-safe. */
export async function startMediaServer(
  certificate: MediaCertificate,
  store: MediaStore,
  faults: Faults,
  stats: Stats,
): Promise<MediaServer> {
  const server = createServer({ cert: certificate.cert, key: certificate.key });
  server.on("request", (request, response) => {
    answer(request, response).catch(() => request.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", `https://${host}`).pathname;
    if (request.method === "POST") {
      const file = await readFile(request);
      if (file === undefined) return reply(response, 413);
      if (!path.endsWith(`/${urlSafe(sha256(file))}`)) return reply(response, 400);
      store.put(path, file);
      stats.add("uploads");
      return reply(
        response,
        200,
        JSON.stringify({ url: `https://${host}${path}`, direct_path: path }),
      );
    }
    const fault = faults.take("mediaError");
    if (fault !== undefined) {
      stats.add("refusedDownloads");
      return reply(response, fault.code ?? SERVICE_UNAVAILABLE);
    }
    const file = store.get(path);
    if (file === undefined) return reply(response, 404);
    stats.add("downloads");
    if (faults.take("mediaStall") !== undefined) return stall(response, file);
    if (faults.take("mediaDamage") !== undefined) return reply(response, 200, damaged(file));
    return reply(response, 200, file);
  }

  return {
    host,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The path of an uploaded file, the same that Baileys makes from the hash. */
export function mediaPath(
  type: "image" | "video" | "audio" | "document" | "sticker" | "md-msg-hist",
  fileEncSha256: Buffer,
): string {
  // Stickers lie among the pictures.
  return `/mms/${type === "sticker" ? "image" : type}/${urlSafe(fileEncSha256)}`;
}

function urlSafe(hash: Buffer): string {
  return hash.toString("base64url");
}

async function readFile(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_UPLOAD_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Sends half of a file and then nothing, until the other side has enough of it. */
function stall(response: ServerResponse, file: Buffer): void {
  response.writeHead(200, { "content-length": file.length });
  response.write(file.subarray(0, file.length / 2));
}

/** The same with one bit turned. */
function damaged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8(copy.readUInt8(0) ^ 1, 0);
  return copy;
}

function reply(response: ServerResponse, status: number, body: string | Buffer = ""): void {
  const type = typeof body === "string" ? "application/json" : "application/octet-stream";
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
