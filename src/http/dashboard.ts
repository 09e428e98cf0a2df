import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Refusal } from "./refusal.ts";

/** Where `npm run build` puts it, beside the sources and beside the bundle alike. */
const FOLDER = new URL("../../dashboard/dist/", import.meta.url);

/**
 * All comes from this gateway, nothing is written into the page itself, and nobody frames it: a text from
 * WhatsApp that became markup could neither run nor call home.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; " +
  "form-action 'none'";

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** Names that Vite gives, with a hash of what is inside. Nothing that leads out of the folder is one. */
const ASSET = /^\/dashboard\/assets\/([\w-]+(?:\.[\w-]+)*-[\w-]{8}\.(js|css|svg))$/;

/** A file as it is sent, both ways. */
interface Packed {
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

/** @returns whether the path belongs to the dashboard and is answered. @throws Refusal 404, 405, 503 */
export type Dashboard = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<boolean>;

/** The dashboard's files. They hold no data, and so need no key. */
export function createDashboard(folder: URL = FOLDER): Dashboard {
  /** Assets are few and never change under their names; the page is read anew, for a build may replace it. */
  const assets = new Map<string, Packed>();

  async function assetOf(name: string): Promise<Packed | undefined> {
    const known = assets.get(name);
    if (known) return known;
    const read = await readPacked(new URL(`assets/${name}`, folder));
    if (read) assets.set(name, read);
    return read;
  }

  return async (request, response, path) => {
    if (path !== "/dashboard" && !path.startsWith("/dashboard/")) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new Refusal(405, "METHOD_NOT_ALLOWED", "The dashboard is only read.", {
        allow: "GET, HEAD",
      });
    }
    if (path === "/dashboard") {
      response.writeHead(308, { location: "/dashboard/", "content-length": "0" }).end();
      return true;
    }
    if (path.startsWith("/dashboard/assets/")) {
      const [, name, ending] = ASSET.exec(path) ?? [];
      const file = name === undefined ? undefined : await assetOf(name);
      if (!file) throw new Refusal(404, "NOT_FOUND", `There is nothing at ${path}.`);
      send(request, response, file, {
        "content-type": TYPES[ending ?? ""] ?? "application/octet-stream",
        "cache-control": "public, max-age=31536000, immutable",
      });
      return true;
    }
    const page = await readPacked(new URL("index.html", folder));
    if (!page) {
      throw new Refusal(503, "UNAVAILABLE", "The dashboard is not built. Run: npm run build");
    }
    send(request, response, page, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "referrer-policy": "same-origin",
      // It names the files that belong together: an old one would ask for files that are gone.
      "cache-control": "no-store",
    });
    return true;
  };
}

async function readPacked(file: URL): Promise<Packed | undefined> {
  try {
    const plain = await readFile(file);
    return { plain, zipped: await promisify(gzip)(plain) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { plain, zipped }: Packed,
  headers: Readonly<Record<string, string>>,
): void {
  const isZipped = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  const body = isZipped ? zipped : plain;
  response.writeHead(200, {
    ...headers,
    ...(isZipped && { "content-encoding": "gzip" }),
    "content-length": body.length,
    "x-content-type-options": "nosniff",
    vary: "Accept-Encoding",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
