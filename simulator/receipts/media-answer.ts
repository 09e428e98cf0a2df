import { aesDecryptGCM, aesEncryptGCM, hkdf, proto } from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import type { PhoneFile } from "../accounts/phone-files.ts";
import type { MediaStore } from "../media/media-store.ts";
import { type BinaryNode, bytesOf, childNamed } from "../protocol/nodes.ts";

const { ResultType } = proto.MediaRetryNotification;

/**
 * Where the phone has uploaded a file again, for the device that has its key.
 * @throws {Error} for a request that was not sealed with the attachment's key
 */
export function sealedAnswer(
  id: string,
  { directPath, mediaKey }: PhoneFile,
  request: BinaryNode,
  media: MediaStore,
): BinaryNode {
  const key = hkdf(Buffer.from(mediaKey), 32, { info: "WhatsApp Media Retry Notification" });
  const asked = readRequest(request, key, id);
  const place = asked.stanzaId === id ? media.uploadAgain(directPath) : undefined;
  const result = place === undefined ? ResultType.NOT_FOUND : ResultType.SUCCESS;
  const answer = { stanzaId: id, result, ...(place !== undefined && { directPath: place }) };
  const iv = randomBytes(12);
  const bytes = proto.MediaRetryNotification.encode(answer).finish();
  const sealed = aesEncryptGCM(bytes, key, iv, Buffer.from(id));
  return {
    tag: "encrypt",
    attrs: {},
    content: [
      { tag: "enc_p", attrs: {}, content: sealed },
      { tag: "enc_iv", attrs: {}, content: iv },
    ],
  };
}

function readRequest(request: BinaryNode, key: Uint8Array, id: string): proto.ServerErrorReceipt {
  const sealed = childNamed(request, "encrypt");
  const [bytes, iv] = [bytesOf(sealed, "enc_p"), bytesOf(sealed, "enc_iv")];
  return proto.ServerErrorReceipt.decode(aesDecryptGCM(bytes, key, iv, Buffer.from(id)));
}
