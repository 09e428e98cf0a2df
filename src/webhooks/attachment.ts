import { GatewayError } from "../domain/errors.ts";
import type { Message } from "../domain/message.ts";

/** What travels inside a delivery at most (bytes): larger bodies are refused by common servers. */
const MAX_INLINE_BYTES = 1_048_576;

/** How long WhatsApp's media host may hold up a delivery (milliseconds). */
const INLINE_DEADLINE_MS = 10_000;

/** Bodies with an attachment inside at a time, each some 3 MiB with its base64: 96 MiB. */
const MAX_INLINE = 32;

/** Where attachments come from; handed in, since this room knows no WhatsApp. */
export interface Attachments {
  /** A link that needs no key, or null if there is nothing to fetch. */
  urlOf(message: Message): Promise<string | null>;
  /** @throws GatewayError, while it is read */
  read(message: Message, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Why an attachment is not inside a delivery; its link is there all the same. */
export type OmittedReason = "TOO_LARGE" | "BUSY" | "UNREACHABLE" | "INVALID";

type Inline =
  | { readonly base64: string }
  | { readonly omitted: { readonly reason: OmittedReason; readonly size: number | null } };

/** Puts attachments into bodies, a bounded number at a time. */
export class Inliner {
  readonly #attachments: Attachments;
  readonly #limit: number;
  #held = 0;

  constructor(attachments: Attachments, limit = MAX_INLINE) {
    this.#attachments = attachments;
    this.#limit = limit;
  }

  /**
   * A place for one body, until it is disposed. Nobody waits for one: a crowd of slow receivers that
   * hold them all costs others the bytes, which they fetch by the link, and no time.
   */
  takePlace(): Disposable | undefined {
    if (this.#held >= this.#limit) return undefined;
    this.#held += 1;
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (held) this.#held -= 1;
        held = false;
      },
    };
  }

  /** @throws the reason of `signal` */
  async inline(
    message: Message,
    place: Disposable | undefined,
    signal: AbortSignal,
  ): Promise<Inline> {
    const size = message.media?.size ?? null;
    if (size !== null && size > MAX_INLINE_BYTES) return omitted("TOO_LARGE", size);
    if (!place) return omitted("BUSY", size);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(INLINE_DEADLINE_MS)]);
    try {
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of this.#attachments.read(message, deadline)) {
        length += chunk.length;
        if (length > MAX_INLINE_BYTES) return omitted("TOO_LARGE", size);
        chunks.push(chunk);
      }
      return { base64: Buffer.concat(chunks).toString("base64") };
    } catch (error) {
      signal.throwIfAborted();
      return omitted(reasonOf(error), size);
    }
  }
}

function reasonOf(error: unknown): OmittedReason {
  const code = error instanceof GatewayError ? error.code : undefined;
  // Too many are fetched just now, for links and deliveries together.
  if (code === "UNAVAILABLE") return "BUSY";
  return code === "MEDIA_INVALID" ? "INVALID" : "UNREACHABLE";
}

function omitted(reason: OmittedReason, size: number | null): Inline {
  return { omitted: { reason, size } };
}
