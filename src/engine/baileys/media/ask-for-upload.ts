import { isGroup } from "../../../domain/address.ts";
import { GatewayError } from "../../../domain/errors.ts";
import { abortable } from "../../../lib/abortable.ts";
import { startDeadline } from "../../../lib/deadline.ts";
import type { MessageName } from "../../engine.ts";
import {
  type BaileysEventMap,
  decryptMediaRetryData,
  encryptMediaRetryRequest,
  proto,
  type WASocket,
} from "../library.ts";
import { attachmentOf } from "../translate/attachment.ts";
import { unwrap } from "../translate/wrappers.ts";

type Answer = BaileysEventMap["messages.media-update"][number];

/**
 * Asks the account's own phone for an attachment that WhatsApp keeps no more. Baileys' own call would wait for
 * ever for a phone that is off.
 * @param waitMs how long the phone may take
 * @returns the encoded message with the place where the attachment is now
 * @throws GatewayError MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID
 */
export async function askForUpload(
  socket: WASocket,
  { id, chat, sender, fromMe }: MessageName,
  raw: Uint8Array,
  waitMs: number,
  ending: AbortSignal,
): Promise<Uint8Array> {
  const message = proto.Message.decode(raw);
  // A part of the very message: what is changed in it is changed there.
  const part = attachmentOf(unwrap(message).inner)?.part;
  const me = socket.user?.id;
  if (!part?.mediaKey || me === undefined) {
    throw new GatewayError("MEDIA_INVALID", "The message lacks the key of its attachment.");
  }
  const { mediaKey } = part;
  const remoteJid = chat.pn ?? chat.id;
  const participant = isGroup(chat.id) && !fromMe ? (sender.pn ?? sender.id) : undefined;
  const key = { remoteJid, id, fromMe, ...(participant && { participant }) };
  using waiting = answerFor(socket, id);
  await socket.sendNode(encryptMediaRetryRequest(key, mediaKey, me));
  const answer = await inTime(waiting.answer, waitMs, ending);
  const directPath = placeIn(answer, mediaKey, id);
  part.directPath = directPath;
  if (part.url && URL.canParse(part.url)) {
    part.url = `https://${new URL(part.url).host}${directPath}`;
  }
  return proto.Message.encode(message).finish();
}

function answerFor({ ev }: WASocket, id: string) {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const listen = (answers: readonly Answer[]): void => {
    const found = answers.find(({ key }) => key.id === id);
    if (found) resolve(found);
  };
  ev.on("messages.media-update", listen);
  return {
    answer: promise,
    [Symbol.dispose]: () => ev.off("messages.media-update", listen),
  };
}

async function inTime(
  answer: Promise<Answer>,
  waitMs: number,
  ending: AbortSignal,
): Promise<Answer> {
  using deadline = startDeadline(waitMs, [ending]);
  try {
    return await abortable(answer, deadline.signal);
  } catch (error) {
    throw new GatewayError(
      "MEDIA_UNREACHABLE",
      "WhatsApp does not keep this attachment any more, and the phone, which may have it, does not answer. Try again when it is online.",
      {},
      error,
    );
  }
}

/** Where the phone has put it. @throws GatewayError MEDIA_GONE */
function placeIn({ media, error }: Answer, mediaKey: Uint8Array, id: string): string {
  if (!media || error) throw gone(error);
  const { result, directPath } = opened(media, mediaKey, id);
  if (result !== proto.MediaRetryNotification.ResultType.SUCCESS || !directPath) throw gone();
  return directPath;
}

function opened(media: NonNullable<Answer["media"]>, mediaKey: Uint8Array, id: string) {
  try {
    return decryptMediaRetryData(media, mediaKey, id);
  } catch (error) {
    throw new GatewayError("MEDIA_INVALID", "The phone's answer cannot be read.", {}, error);
  }
}

function gone(cause?: unknown): GatewayError {
  return new GatewayError(
    "MEDIA_GONE",
    "The attachment is gone: WhatsApp does not keep it any more, and neither does the phone.",
    {},
    cause,
  );
}
