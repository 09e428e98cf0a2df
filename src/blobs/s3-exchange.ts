import { once } from "node:events";
import { Agent as PlainAgent, type IncomingMessage, request as plain } from "node:http";
import { Agent as SecureAgent, request as secure } from "node:https";
import { pipeline } from "node:stream/promises";
import { AwsV4Signer } from "aws4fetch";
import { BlobError } from "./blob-store.ts";

/** An account of an S3. */
export interface S3Access {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Request {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly url: URL;
  /** SHA-256 of the body, in hexadecimal: S3 takes no body of another. */
  readonly sha256: string;
  readonly body?: { readonly bytes: AsyncIterable<Uint8Array>; readonly size: number };
}

/** How long an S3 may be silent (milliseconds): a PUT of a large file is answered when it is kept in several places. */
const IDLE_MS = 60_000;

/** As many as are kept and read at a time; the rest of the descriptors belong to other work. */
const MAX_SOCKETS = 96;

/** Signed requests over connections that are used again, until it is disposed. */
export interface S3Exchange extends Disposable {
  /** @throws Error of the network, also when the body has thrown */
  send(request: S3Request, signal: AbortSignal): Promise<IncomingMessage>;
}

export function createS3Exchange(access: S3Access): S3Exchange {
  const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const agents = { plain: new PlainAgent(options), secure: new SecureAgent(options) };

  return {
    async send({ method, url, sha256, body }, signal) {
      const signer = new AwsV4Signer({
        ...access,
        service: "s3",
        method,
        url: url.href,
        headers: { "x-amz-content-sha256": sha256 },
      });
      const { headers } = await signer.sign();
      // A body that is led into a request which is over would never be let go.
      signal.throwIfAborted();
      const isSecure = url.protocol === "https:";
      const request = (isSecure ? secure : plain)(url, {
        method,
        signal,
        agent: isSecure ? agents.secure : agents.plain,
        timeout: IDLE_MS,
        headers: {
          ...Object.fromEntries(headers),
          ...(body && {
            "content-length": body.size,
            "content-type": "application/octet-stream",
          }),
        },
      });
      request.on("timeout", () => request.destroy(new Error(`silent for ${IDLE_MS} ms`)));
      // What happens to it after its answer is told by the answer.
      request.on("error", () => undefined);
      const answered = once(request, "response") as Promise<[IncomingMessage]>;
      const sent = body ? pipeline(body.bytes, request) : Promise.resolve(void request.end());
      // A source that fails takes the request down with it, which is told by that.
      sent.catch(() => undefined);
      const [response] = await answered;
      if (isGood(response)) await sent;
      return response;
    },
    [Symbol.dispose]() {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

export function isGood({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** Far above what an S3 says of an error. */
const MAX_ERROR_BYTES = 64 * 1024;

/** Why it is refused, in S3's own word. */
export async function refusalOf(response: IncomingMessage): Promise<BlobError> {
  const { statusCode = 0 } = response;
  let text = "";
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > MAX_ERROR_BYTES) break;
    }
  } catch {
    // The status says enough.
  }
  response.destroy();
  const code = /<Code>([\w.-]{1,100})<\/Code>/.exec(text)?.[1];
  // A bucket that is not there answers 404 as well, and says nothing about files.
  const isMissing = statusCode === 404 && (code === "NoSuchKey" || code === undefined);
  const message = `S3 answered ${statusCode}${code === undefined ? "" : ` ${code}`}`;
  return new BlobError(isMissing ? "MISSING" : "FAILED", message);
}
