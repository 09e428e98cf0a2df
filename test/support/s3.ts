import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A small S3 on this machine, which believes no signature that it has not made itself. */
export interface TestS3 extends AsyncDisposable {
  readonly url: string;
  /** What lies in the bucket, by its whole name. */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** The codes of what was refused. */
  readonly refusals: readonly string[];
  /** While it is set every request is answered with it. */
  outage: { readonly status: number; readonly code: string } | undefined;
  /** Loses an object. */
  lose(name: string): void;
}

export interface S3Account {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: Uint8Array | string, text: string) =>
  createHmac("sha256", key).update(text).digest();

/** 15 minutes, as Amazon's. */
const MOST_SKEW_MS = 15 * 60_000;

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
  }
}

export async function startS3(account: S3Account): Promise<TestS3> {
  const objects = new Map<string, Buffer>();
  const refusals: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // Whoever breaks off has nothing kept.
      if (!(error instanceof Refusal)) {
        request.destroy();
        return;
      }
      refusals.push(error.message);
      const body = `<?xml version="1.0"?><Error><Code>${error.message}</Code><Message>no</Message></Error>`;
      response.writeHead(error.status, { "content-type": "application/xml" }).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (store.outage) throw new Refusal(store.outage.status, store.outage.code);
    expectSignature(request, account);
    const name = nameOf(request, account.bucket);
    if (request.method === "PUT") {
      const body = await bodyOf(request);
      if (sha256(body) !== request.headers["x-amz-content-sha256"]) {
        throw new Refusal(400, "XAmzContentSHA256Mismatch");
      }
      objects.set(name, body);
      response.writeHead(200, { etag: '"1"' }).end();
      return;
    }
    if (request.method === "DELETE") {
      objects.delete(name);
      response.writeHead(204).end();
      return;
    }
    const found = objects.get(name);
    if (request.method !== "GET") throw new Refusal(405, "MethodNotAllowed");
    if (found === undefined) throw new Refusal(404, "NoSuchKey");
    response.writeHead(200, { "content-length": found.length }).end(found);
  }

  const store: TestS3 = {
    url,
    objects,
    refusals,
    outage: undefined,
    lose: (name) => void objects.delete(name),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return store;
}

/** The bucket stands in the path or in the host. */
function nameOf({ url = "/", headers }: IncomingMessage, bucket: string): string {
  const path = decodeURIComponent(url.slice(1));
  if (headers.host?.startsWith(`${bucket}.`)) return path;
  if (path.startsWith(`${bucket}/`)) return path.slice(bucket.length + 1);
  throw new Refusal(404, "NoSuchBucket");
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (Number.isNaN(length)) throw new Refusal(411, "MissingContentLength");
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (body.length !== length) throw new Refusal(400, "IncompleteBody");
  return body;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** Signature Version 4, as Amazon describes it: the canonical request, the string to sign, the derived key. */
function expectSignature(
  { method = "", url = "/", headers }: IncomingMessage,
  { region, accessKeyId, secretAccessKey }: S3Account,
): void {
  const [, keyId, day = "", place = "", names = "", signature] =
    AUTHORIZATION.exec(headers.authorization ?? "") ?? [];
  if (keyId !== accessKeyId) throw new Refusal(403, "InvalidAccessKeyId");
  const date = String(headers["x-amz-date"]);
  const at = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  if (!(Math.abs(at - Date.now()) < MOST_SKEW_MS)) throw new Refusal(403, "RequestTimeTooSkewed");
  const signed = names.split(";");
  for (const needed of ["host", "x-amz-content-sha256", "x-amz-date"]) {
    if (!signed.includes(needed)) throw new Refusal(403, "AccessDenied");
  }
  const canonical = [
    method,
    url,
    "",
    ...signed.map((name) => `${name}:${String(headers[name])}`),
    "",
    names,
    String(headers["x-amz-content-sha256"]),
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce(
    (made: Uint8Array | string, part) => hmac(made, part),
    `AWS4${secretAccessKey}`,
  );
  const isRight = place === region && date.startsWith(day);
  if (!isRight || hmac(key, text).toString("hex") !== signature) {
    throw new Refusal(403, "SignatureDoesNotMatch");
  }
}
