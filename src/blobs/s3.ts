import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { startDeadline } from "../lib/deadline.ts";
import type { BlobName, BlobStore } from "./blob-store.ts";
import { BlobError } from "./blob-store.ts";
import {
  createS3Exchange,
  isGood,
  refusalOf,
  type S3Access,
  type S3Request,
} from "./s3-exchange.ts";
import { sourceOf } from "./source.ts";

export interface S3Options extends S3Access {
  /** Without a final slash; undefined for Amazon's own of the region. */
  readonly endpoint: string | undefined;
  readonly bucket: string;
  /** Empty, or with a final slash. */
  readonly prefix: string;
  /** Whether the bucket stands in the path, and not in the host. */
  readonly pathStyle: boolean;
}

const NO_BODY = createHash("sha256").digest("hex");

/** For what has no file in it, from the connection to the answer's last byte (milliseconds). */
const DEADLINE_MS = 60_000;

/** Files in a bucket. An object appears when all of it has come, and S3 has found that it has the SHA-256 that was signed. */
export function createS3Store(options: S3Options): BlobStore {
  const { region, accessKeyId, secretAccessKey } = options;
  const exchange = createS3Exchange({ region, accessKeyId, secretAccessKey });
  const base = addressOf(options);
  const urlOf = ({ folder, id }: BlobName): URL => new URL(`${base}${folder}/${id}`);

  async function send(request: S3Request, signal: AbortSignal): Promise<IncomingMessage> {
    const source = request.body && sourceOf(request.body.bytes);
    const body = request.body && source && { ...request.body, bytes: source.bytes };
    try {
      const response = await exchange.send({ ...request, ...(body && { body }) }, signal);
      if (isGood(response)) return response;
      throw await refusalOf(response);
    } catch (error) {
      if (source?.failure !== undefined) throw source.failure;
      if (error instanceof BlobError || signal.aborted) throw error;
      throw broken(error);
    }
  }

  return {
    async put(name, bytes, { size, sha256 }, signal) {
      const hash = Buffer.from(sha256, "base64").toString("hex");
      const put = { method: "PUT", url: urlOf(name), sha256: hash } as const;
      const response = await send({ ...put, body: { bytes, size } }, signal);
      response.resume();
    },
    async *get(name, signal) {
      const get = { method: "GET", url: urlOf(name), sha256: NO_BODY } as const;
      const response = await send(get, signal);
      try {
        yield* response as AsyncIterable<Uint8Array>;
      } catch (error) {
        signal.throwIfAborted();
        throw broken(error);
      } finally {
        response.destroy();
      }
    },
    async remove(name, ending) {
      using deadline = startDeadline(DEADLINE_MS, [ending]);
      const remove = { method: "DELETE", url: urlOf(name), sha256: NO_BODY } as const;
      try {
        (await send(remove, deadline.signal)).resume();
      } catch (error) {
        ending.throwIfAborted();
        if (!(error instanceof BlobError)) throw broken(error);
        if (error.code !== "MISSING") throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      exchange[Symbol.dispose]();
    },
  };
}

/** What the names of files are put behind. */
export function addressOf({ endpoint, region, bucket, prefix, pathStyle }: S3Options): string {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  if (pathStyle) return `${url.origin}/${bucket}/${prefix}`;
  return `${url.protocol}//${bucket}.${url.host}/${prefix}`;
}

function broken(cause: unknown): BlobError {
  const { code, name } = cause as NodeJS.ErrnoException;
  return new BlobError("FAILED", `S3 cannot be reached (${code ?? name})`, cause);
}
