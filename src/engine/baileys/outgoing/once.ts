import type { proto } from "../library.ts";

/** What phones show once only says so itself, and is wrapped up. */
export function onceOnly(shown: proto.IMessage): proto.IMessage {
  const { imageMessage, videoMessage, ptvMessage, audioMessage } = shown;
  for (const seen of [imageMessage, videoMessage, ptvMessage, audioMessage]) {
    if (seen) seen.viewOnce = true;
  }
  return { viewOnceMessage: { message: shown } };
}
