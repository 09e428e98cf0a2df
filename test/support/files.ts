import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";

/** A JPEG of one colour: a real picture, since the gateway looks into it. */
export function jpeg(): Promise<Buffer> {
  const background = { r: 20, g: 120, b: 220 };
  return sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** A server of files by path; any other path is 404. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

export async function serveFiles(
  files: Readonly<Record<string, { readonly type: string; readonly bytes: Uint8Array }>>,
): Promise<FileServer> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.type }).end(file.bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
