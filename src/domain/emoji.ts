import { GatewayError } from "./errors.ts";

/** Emoji as Unicode recommends them for interchange, with or without the sign that asks for their picture. */
const EMOJI = /^\p{RGI_Emoji}$/v;
const PICTURE = "\u{FE0F}";

/**
 * @returns null for what takes a reaction back
 * @throws GatewayError BAD_INPUT
 */
export function checkEmoji(emoji: string | null | undefined): string | null {
  if (!emoji) return null;
  if (EMOJI.test(emoji) || EMOJI.test(`${emoji}${PICTURE}`)) return emoji;
  throw new GatewayError(
    "BAD_INPUT",
    "A reaction is one emoji. Leave it out, or empty, to take yours back.",
  );
}
