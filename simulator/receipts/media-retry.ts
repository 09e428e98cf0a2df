import { aesDecryptGCM, aesEncryptGCM, hkdf, proto } from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { PhoneFile } from "../accounts/phone-files.ts";
import type { MediaStore } from "../media/media-store.ts";
import { type BinaryNode, bytesOf, childNamed, unixSeconds } from "../protocol/nodes.ts";

const { ResultType } = proto.MediaRetryNotification;
/** What the phone says when it does not know the message, and so has no key to seal an answer with. */
const NOT_FOUND = 2;

/**
 * A linked device could not fetch an attachment any more and asks its own phone for it: the phone uploads
 * what it still has, and tells the new place.
 * @throws {Error} for a request that was not sealed with the attachment's key
 */
export function answerMediaRetry(
  account: AccountState,
  companion: Companion,
  request: BinaryNode,
  media: MediaStore,
): void {
  const { id = "" } = request.attrs;
  const rmr = childNamed(request, "rmr");
  const file = account.handset.files.find(rmr?.attrs["jid"], id);
  const about = rmr === undefined ? [] : [rmr];
  const content = file
    ? sealedAnswer(id, file, request, media)
    : { tag: "error", attrs: { code: String(NOT_FOUND) } };
  companion.deliver({
    tag: "notification",
    attrs: { from: account.jid("pn"), id, type: "mediaretry", t: String(unixSeconds()) },
    content: [content, ...about],
  });
}

function sealedAnswer(
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
