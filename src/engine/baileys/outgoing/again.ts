import type { OutgoingAgain } from "../../../domain/outgoing.ts";
import { proto } from "../library.ts";
import { unwrap } from "../translate/wrappers.ts";
import { onceOnly } from "./once.ts";
import { said } from "./said.ts";

const PARTS = [
  "imageMessage",
  "videoMessage",
  "ptvMessage",
  "audioMessage",
  "documentMessage",
  "stickerMessage",
] as const satisfies readonly (keyof proto.IMessage)[];

/** An attachment that is at WhatsApp already, under the same keys, with other words beside it. */
export function againMessage({ raw, caption, media, isViewOnce }: OutgoingAgain): proto.IMessage {
  const { inner } = unwrap(proto.Message.decode(Buffer.from(raw, "base64")));
  const name = PARTS.find((part) => inner[part]);
  if (name === undefined) throw new Error("a stored attachment has become none");
  const { contextInfo: _, ...part } = inner[name] ?? {};
  const { mimetype, fileName } = media;
  const shown = { [name]: { ...part, caption: null, mimetype, ...said({ caption, fileName }) } };
  return isViewOnce ? onceOnly(shown) : shown;
}
