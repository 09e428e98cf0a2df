import sharp from "sharp";
import { type Place, serve, type Server } from "./server.ts";

/** A JPEG of one colour: a real picture, since the gateway looks into it. */
export function jpeg(): Promise<Buffer> {
  const background = { r: 20, g: 120, b: 220 };
  return sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

interface ServedFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A server of files by path; any other path is 404. */
export function serveFiles(
  files: Readonly<Record<string, ServedFile>>,
  place?: Place,
): Promise<Server> {
  return serve((request, response) => {
    const file = files[request.url ?? ""];
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.type }).end(file.bytes);
  }, place);
}
