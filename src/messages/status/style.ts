import type { StatusFont } from "../../domain/content.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { TextStyle } from "../../domain/outgoing.ts";

/** How a caller wants a status of text to be shown. */
export interface StyleDraft {
  readonly backgroundColor?: string | null | undefined;
  readonly font?: StatusFont | null | undefined;
}

/** One of those that phones offer: white letters are read on it. */
const USUAL = "#128c7e";

/** @throws GatewayError BAD_INPUT */
export function checkStyle({ backgroundColor, font }: StyleDraft): TextStyle {
  const color = backgroundColor ?? USUAL;
  if (/^#[0-9a-f]{6}$/i.test(color)) return { backgroundColor: color, font: font ?? "SYSTEM" };
  throw new GatewayError("BAD_INPUT", "backgroundColor is `#` and six hexadecimal digits.");
}
