import type { Decipheriv, Hmac } from "node:crypto";
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from "node:crypto";
import { GatewayError } from "../../../domain/errors.ts";
import { type Facts, proven } from "../../../lib/proven.ts";
import { getMediaKeys, type MediaType, proto } from "../library.ts";
import { attachmentOf } from "../translate/attachment.ts";
import { whole } from "../translate/numbers.ts";
import { unwrap } from "../translate/wrappers.ts";
import { type MediaNetwork, openDownload } from "./network.ts";

/** The keyed checksum that WhatsApp puts behind the ciphertext, cut to 10 bytes. */
const MAC_BYTES = 10;
const BLOCK_BYTES = 16;

/**
 * The plain bytes of a message's attachment, as they come. Only when the last one has been given
 * are all of them proven: whoever keeps them must throw them away when this throws.
 * @throws GatewayError MEDIA_INVALID when a checksum or the length is wrong, MEDIA_GONE when the host has it no more,
 *   MEDIA_UNREACHABLE when it cannot be fetched.
 */
export async function* downloadMedia(
  raw: Uint8Array,
  network: MediaNetwork,
  signal?: AbortSignal,
  proxy?: string | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  const attachment = attachmentOf(unwrap(proto.Message.decode(raw)).inner);
  if (attachment === undefined) throw invalid("The message has no attachment.");
  const { part, type } = attachment;
  const isOpen = !part.mediaKey?.length && !part.fileEncSha256?.length;
  if (isOpen) yield* downloadOpen(part, network, signal, proxy);
  else yield* downloadPart(part, type, network, signal, proxy);
}

/** What was posted to a channel is for everybody, and lies there as it is. */
async function* downloadOpen(
  part: Sealed,
  network: MediaNetwork,
  signal?: AbortSignal,
  proxy?: string | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await openDownload(await addressOf(part, network), network, signal, proxy);
  try {
    yield* proven(response as AsyncIterable<Buffer>, factsOf(part), notDescribed);
  } catch (error) {
    throw brokenOff(error);
  } finally {
    response.destroy();
  }
}

function brokenOff(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError("MEDIA_UNREACHABLE", "The download broke off.", {}, error);
}

/** What says where a sealed file is, and how it is opened. */
export interface Sealed {
  readonly url?: string | null | undefined;
  readonly directPath?: string | null | undefined;
  readonly mediaKey?: Uint8Array | null | undefined;
  readonly fileSha256?: Uint8Array | null | undefined;
  readonly fileEncSha256?: Uint8Array | null | undefined;
  readonly fileLength?: { toString(): string } | null | undefined;
}

/** The same of anything that WhatsApp's media hosts keep. */
export async function* downloadPart(
  part: Sealed,
  type: MediaType,
  network: MediaNetwork,
  signal?: AbortSignal,
  proxy?: string | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { mediaKey, fileEncSha256 } = part;
  const facts = factsOf(part);
  if (!mediaKey?.length || !fileEncSha256?.length) throw lacking();
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type);
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  if (macKey === undefined) throw invalid("Its keys cannot be derived.");
  const mac = createHmac("sha256", macKey).update(iv);
  const limit = facts.size + BLOCK_BYTES + MAC_BYTES;

  const response = await openDownload(await addressOf(part, network), network, signal, proxy);
  try {
    const seal = { decipher, mac, fileEncSha256, limit };
    yield* proven(opened(response as AsyncIterable<Buffer>, seal), facts, notDescribed);
  } catch (error) {
    throw brokenOff(error);
  } finally {
    response.destroy();
  }
}

interface Seal {
  readonly decipher: Decipheriv;
  readonly mac: Hmac;
  readonly fileEncSha256: Uint8Array;
  /** The ciphertext is no longer than this, in bytes. */
  readonly limit: number;
}

/** What is inside of a seal; the last of it is only given when the seal is found to be whole. */
async function* opened(
  chunks: AsyncIterable<Buffer>,
  { decipher, mac, fileEncSha256, limit }: Seal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sealed = createHash("sha256");
  let received = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of chunks) {
    received += chunk.length;
    if (received > limit) throw invalid("It is longer than the message says.");
    sealed.update(chunk);
    const bytes = Buffer.concat([tail, chunk]);
    const cut = Math.max(0, bytes.length - MAC_BYTES);
    tail = bytes.subarray(cut);
    const ciphertext = bytes.subarray(0, cut);
    mac.update(ciphertext);
    const piece = decipher.update(ciphertext);
    if (piece.length > 0) yield piece;
  }
  if (!same(mac.digest().subarray(0, MAC_BYTES), tail) || !same(sealed.digest(), fileEncSha256)) {
    throw invalid("It was changed on its way.");
  }
  const last = finish(decipher);
  if (last.length > 0) yield last;
}

/** @throws GatewayError MEDIA_INVALID */
function factsOf({ fileSha256, fileLength }: Sealed): Facts {
  const size = whole(fileLength);
  if (!fileSha256?.length || size === null) throw lacking();
  return { size, sha256: Buffer.from(fileSha256).toString("base64") };
}

const notDescribed = () => invalid("It is not what the message describes.");
const lacking = () => invalid("The message lacks the keys or checksums of its attachment.");

/** @throws GatewayError as `Engine.expectAttachment` says */
export async function expectAttachment(
  raw: Uint8Array,
  network: MediaNetwork,
  signal?: AbortSignal,
  proxy?: string | null,
): Promise<void> {
  const attachment = attachmentOf(unwrap(proto.Message.decode(raw)).inner);
  if (attachment === undefined) throw invalid("The message has no attachment.");
  const url = await addressOf(attachment.part, network);
  const response = await openDownload(url, network, signal, proxy);
  response.destroy();
}

/** A path alone belongs to the host in `url`, and to WhatsApp's usual host when there is none. */
async function addressOf({ url, directPath }: Sealed, network: MediaNetwork): Promise<URL> {
  const named = url && URL.canParse(url) ? new URL(url) : undefined;
  if (!directPath) {
    if (named === undefined) throw invalid("The message does not say where its attachment is.");
    return named;
  }
  // Without these slashes "@host/…" or "//host/…" would name another host.
  if (!/^\/(?!\/)/.test(directPath)) throw invalid("The message has no sound path.");
  return new URL(`https://${named?.host ?? (await network.usualHost())}${directPath}`);
}

function finish(decipher: Decipheriv): Buffer {
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
