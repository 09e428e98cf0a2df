import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BlobName, BlobStore } from "./blob-store.ts";
import { BlobError } from "./blob-store.ts";
import { sourceOf } from "./source.ts";

/** What is left to the database (bytes), which needs the disk more than copies do: two of the largest files beyond the 64 MiB at which the gateway calls its disk almost full. */
const SPARE_BYTES = 256 * 1024 * 1024;

/** Files as they are, for this user alone. */
const MODE = 0o600;

/**
 * Files in a folder. A file is written beside, made durable and only then given its name.
 * @param spareBytes what is always left on the disk
 */
export async function openDiskStore(dir: string, spareBytes = SPARE_BYTES): Promise<BlobStore> {
  const unfinished = join(dir, ".unfinished");
  // What an earlier process was writing when it died.
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const pathOf = ({ folder, id }: BlobName): string => join(dir, folder, id);
  let promised = 0;

  async function expectSpace(size: number): Promise<void> {
    const { bavail, bsize } = await statfs(dir);
    if (bavail * bsize - promised - size < spareBytes) {
      throw new BlobError("FAILED", "the disk is almost full");
    }
  }

  async function write(name: BlobName, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal) {
    const path = join(unfinished, name.id);
    const source = sourceOf(bytes);
    try {
      const file = createWriteStream(path, { mode: MODE, flush: true });
      await pipeline(source.bytes, file, { signal });
      const folder = join(dir, name.folder);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(path, pathOf(name));
      await makeDurable(folder);
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined);
      if (source.failure === error || signal.aborted) throw error;
      throw failed("written", error);
    }
  }

  return {
    async put(name, bytes, { size }, signal) {
      await expectSpace(size);
      promised += size;
      try {
        await write(name, bytes, signal);
      } finally {
        promised -= size;
      }
    },
    async *get(name, signal) {
      try {
        yield* createReadStream(pathOf(name), { signal }) as AsyncIterable<Uint8Array>;
      } catch (error) {
        signal.throwIfAborted();
        throw codeOf(error) === "ENOENT"
          ? new BlobError("MISSING", "there is no such file", error)
          : failed("read", error);
      }
    },
    async remove(name) {
      await rm(pathOf(name), { force: true }).catch((error: unknown) => {
        throw failed("removed", error);
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** A name stands in its folder, and lasts when that does. */
async function makeDurable(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function failed(what: string, error: unknown): BlobError {
  return new BlobError("FAILED", `a file cannot be ${what} (${codeOf(error) ?? "unknown"})`, error);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}
