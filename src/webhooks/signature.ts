import { createHmac, randomBytes } from "node:crypto";

/** Standard Webhooks 1.0.0 asks for 24 to 64 random bytes. */
const SECRET_BYTES = 32;

const PREFIX = "whsec_";

export function newSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** What is sent, as it is signed. */
export interface Signed {
  /** The same at every try: receivers recognise a repetition by it. */
  readonly id: string;
  /** Of the try, in whole seconds since 1970; receivers refuse what is more than five minutes off. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks 1.0.0. Every secret signs, so that a receiver which knows one of
 * them is served while the secret is being changed.
 */
export function signatureHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const content = `${id}.${timestamp}.${body}`;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": secrets.map((secret) => sign(content, secret)).join(" "),
  };
}

function sign(content: string, secret: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}
