import { bareJid, isLid, isPn, phoneDigits, PN_SERVER } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Jid } from "../../domain/ids.ts";
import { storableText } from "../../domain/text.ts";

/** WhatsApp cuts texts at 65,536 characters. */
const MAX_TEXT = 65_536;

/** More people than a group can have are named by nobody who means it. */
const MAX_MENTIONS = 1_024;

/** @throws GatewayError BAD_INPUT */
export function checkText(text: string): string {
  const checked = checkLength(text, "text");
  if (checked.trim() === "") throw new GatewayError("BAD_INPUT", "The text is empty.");
  return checked;
}

/** @throws GatewayError BAD_INPUT */
export function checkCaption(caption: string | null | undefined): string | null {
  return caption ? checkLength(caption, "caption") : null;
}

/** @throws GatewayError BAD_INPUT */
export function checkMentions(mentions: readonly string[]): readonly Jid[] {
  if (mentions.length > MAX_MENTIONS) {
    throw new GatewayError("BAD_INPUT", `At most ${MAX_MENTIONS} people can be named.`);
  }
  return [...new Set(mentions.map(personOf))];
}

function checkLength(text: string, name: string): string {
  if (text.length > MAX_TEXT) {
    throw new GatewayError("BAD_INPUT", `The ${name} has more than ${MAX_TEXT} characters.`);
  }
  return storableText(text);
}

function personOf(text: string): Jid {
  const jid = text.includes("@") ? bareJid(text.trim()) : `${phoneDigits(text)}@${PN_SERVER}`;
  if (/^\d{5,20}@/.test(jid) && (isLid(jid) || isPn(jid))) return jid as Jid;
  throw new GatewayError("BAD_INPUT", `"${text.slice(0, 80)}" is nobody that can be named.`);
}
