import { createDecipheriv, createHash, createHmac, timingSafeEqual } from "node:crypto";
import { GatewayError } from "../../../domain/errors.ts";
import { getMediaKeys, type MediaType, proto } from "../library.ts";
import { type Attachment, attachmentOf } from "../translate/attachment.ts";
import { whole } from "../translate/numbers.ts";
import { unwrap } from "../translate/wrappers.ts";
import { type MediaNetwork, openDownload } from "./network.ts";

/** The keyed checksum that WhatsApp puts behind the ciphertext, cut to 10 bytes. */
const MAC_BYTES = 10;
const BLOCK_BYTES = 16;

/** WhatsApp's host for attachments of which only the path is known. */
const DEFAULT_HOST = "mmg.whatsapp.net";

/**
 * The plain bytes of a message's attachment, as they come. Only when the last one has been given
 * are all of them proven: whoever keeps them must throw them away when this throws.
 * @throws GatewayError MEDIA_INVALID when a checksum or the length is wrong, MEDIA_UNREACHABLE when it cannot be fetched.
 */
export async function* downloadMedia(
  raw: Uint8Array,
  network: MediaNetwork,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const attachment = attachmentOf(unwrap(proto.Message.decode(raw)).inner);
  if (attachment === undefined) throw invalid("The message has no attachment.");
  yield* downloadSealed(attachment.part, attachment.type, network, signal);
}

/** Where a file lies, and what opens and proves it. */
type Sealed = {
  readonly [
    Name in "url" | "directPath" | "mediaKey" | "fileSha256" | "fileEncSha256" | "fileLength"
  ]?: Attachment["part"][Name] | undefined;
};

/** The same for whatever is described as attachments are. @throws GatewayError as `downloadMedia` does */
export async function* downloadSealed(
  part: Sealed,
  type: MediaType,
  network: MediaNetwork,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { mediaKey, fileSha256, fileEncSha256 } = part;
  const size = whole(part.fileLength);
  if (!mediaKey?.length || !fileSha256?.length || !fileEncSha256?.length || size === null) {
    throw invalid("The message lacks the keys or checksums of its attachment.");
  }

  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type);
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  if (macKey === undefined) throw invalid("Its keys cannot be derived.");
  const mac = createHmac("sha256", macKey).update(iv);
  const sealed = createHash("sha256");
  const plain = createHash("sha256");
  const limit = size + BLOCK_BYTES + MAC_BYTES;
  let received = 0;
  let given = 0;
  let tail = Buffer.alloc(0);

  const response = await openDownload(addressOf(part), network, signal);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > limit) throw invalid("It is longer than the message says.");
      sealed.update(chunk);
      const bytes = Buffer.concat([tail, chunk]);
      const cut = Math.max(0, bytes.length - MAC_BYTES);
      tail = bytes.subarray(cut);
      const ciphertext = bytes.subarray(0, cut);
      mac.update(ciphertext);
      const opened = decipher.update(ciphertext);
      plain.update(opened);
      given += opened.length;
      if (opened.length > 0) yield opened;
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError("MEDIA_UNREACHABLE", "The download broke off.", {}, error);
  } finally {
    response.destroy();
  }

  if (!same(mac.digest().subarray(0, MAC_BYTES), tail) || !same(sealed.digest(), fileEncSha256)) {
    throw invalid("It was changed on its way.");
  }
  const last = finish(decipher);
  plain.update(last);
  if (given + last.length !== size || !same(plain.digest(), fileSha256)) {
    throw invalid("It is not what the message describes.");
  }
  if (last.length > 0) yield last;
}

/** A path alone belongs to the host in `url`, and to WhatsApp's usual host when there is none. */
function addressOf({ url, directPath }: Sealed): URL {
  const named = url && URL.canParse(url) ? new URL(url) : undefined;
  if (!directPath) {
    if (named === undefined) throw invalid("The message does not say where its attachment is.");
    return named;
  }
  // Without these slashes "@host/…" or "//host/…" would name another host.
  if (!/^\/(?!\/)/.test(directPath)) throw invalid("The message has no sound path.");
  return new URL(`https://${named?.host ?? DEFAULT_HOST}${directPath}`);
}

function finish(decipher: ReturnType<typeof createDecipheriv>): Buffer {
  try {
    return decipher.final();
  } catch (error) {
    throw new GatewayError("MEDIA_INVALID", "The attachment cannot be decrypted.", {}, error);
  }
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function invalid(what: string): GatewayError {
  return new GatewayError("MEDIA_INVALID", `The attachment is refused. ${what}`);
}
