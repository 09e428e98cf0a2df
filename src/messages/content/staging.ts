import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError } from "../../domain/errors.ts";
import type { FileSource } from "../../domain/media-source.ts";
import { decodeBase64, mediaTooLarge } from "../../domain/media-source.ts";
import { fetchFile } from "../../outbound/file.ts";
import type { Outbound } from "../../outbound/outbound.ts";

/** A file on this machine, kept until its message is with WhatsApp. */
export interface StagedFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** What the source said of it; nothing for base64. */
  readonly mimetype: string | null;
  readonly fileName: string | null;
}

export interface Staging {
  /**
   * Writes an attachment to a file as it arrives, never holding it whole.
   * @param maxBytes what WhatsApp takes of its kind
   * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS
   */
  stage(name: string, source: FileSource, maxBytes: number): Promise<StagedFile>;
  /** Another name for a file of this machine, which then stays until both are discarded. @returns its path */
  link(name: string, from: string): Promise<string>;
  /**
   * Removes files that no message waits for: a crash came between a file and its message.
   * @param before only files with an older name: a newer one may be about to get its message
   */
  sweep(
    before: string,
    needed: (names: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<void>;
  /** Removes the file of a message; nothing happens when there is none. */
  discard(name: string): Promise<void>;
}

export function createStaging(folder: string, download: Outbound["download"]): Staging {
  const pathOf = (name: string) => join(folder, name);
  return {
    async stage(name, source, maxBytes) {
      const path = pathOf(name);
      try {
        if ("url" in source) return await fromUrl(source.url, path, maxBytes, download);
        if ("base64" in source) {
          const bytes = decodeBase64(source.base64);
          return await write(path, Readable.from([bytes]), maxBytes, null, null);
        }
        return await write(path, source.stream, maxBytes, source.mimetype, source.fileName);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    async link(name, from) {
      await link(from, pathOf(name));
      return pathOf(name);
    },
    async sweep(before, needed) {
      const names = (await readdir(folder)).filter((name) => name < before);
      const kept = await needed(names);
      for (const name of names) if (!kept.has(name)) await rm(pathOf(name), { force: true });
    },
    discard: (name) => rm(pathOf(name), { force: true }),
  };
}

function fromUrl(
  url: string,
  path: string,
  maxBytes: number,
  download: Outbound["download"],
): Promise<StagedFile> {
  return fetchFile(url, maxBytes, download, ({ contentType, stream }) =>
    write(path, Readable.from(stream), maxBytes, mimetypeOf(contentType), nameIn(url)),
  );
}

async function write(
  path: string,
  stream: Readable,
  maxBytes: number,
  mimetype: string | null,
  fileName: string | null,
): Promise<StagedFile> {
  const hash = createHash("sha256");
  let size = 0;
  const measured = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw mediaTooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(stream, measured, createWriteStream(path, { mode: 0o600 }));
  if (size === 0) throw new GatewayError("MEDIA_INVALID", "The file is empty.");
  return { path, sha256: hash.digest("base64"), size, mimetype, fileName };
}

function mimetypeOf(contentType: string | undefined): string | null {
  const [type] = (contentType ?? "").split(";");
  return type?.trim().toLowerCase() || null;
}

function nameIn(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "") || null;
  } catch {
    return null;
  }
}
