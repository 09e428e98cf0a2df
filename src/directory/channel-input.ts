import { bareJid, isChannel } from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { Jid } from "../domain/ids.ts";
import type { ChannelUpdate } from "./channels.ts";

/** WhatsApp takes no longer ones. */
const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 2_048;

/** @throws GatewayError BAD_INPUT */
export function channelIdIn(text: string): Jid {
  const trimmed = text.trim();
  const jid = bareJid(trimmed.includes("@") ? trimmed : `${trimmed}@newsletter`);
  if (isChannel(jid) && /^[0-9]{5,20}@/.test(jid)) return jid;
  const message = `"${text.slice(0, 80)}" is no id of a channel. It looks like 120363000000000001@newsletter.`;
  throw bad("channelId", message);
}

/**
 * The code of `https://whatsapp.com/channel/<code>`, or of such a link.
 * @throws GatewayError INVITE_INVALID
 */
export function channelCodeIn(text: string): string {
  const code = text
    .trim()
    .replace(/^(https?:\/\/)?(www\.)?whatsapp\.com\/channel\//i, "")
    .replace(/[/?#].*$/, "");
  if (/^[A-Za-z0-9_-]{8,64}$/.test(code)) return code;
  throw new GatewayError(
    "INVITE_INVALID",
    `"${text.slice(0, 80)}" is no link to a channel. It looks like https://whatsapp.com/channel/0029VaAbCdEfGhIjKlMnOp.`,
  );
}

/** @throws GatewayError BAD_INPUT */
export function nameIn(text: string): string {
  const name = text.trim();
  if (name !== "" && name.length <= LONGEST_NAME) return name;
  throw bad("name", `The name of a channel has from 1 to ${LONGEST_NAME} characters.`);
}

/** @throws GatewayError BAD_INPUT */
export function channelDescriptionIn(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text.trim();
  const message = `The description of a channel has at most ${LONGEST_DESCRIPTION} characters.`;
  throw bad("description", message);
}

/** @throws GatewayError BAD_INPUT, also when nothing is to be changed */
export function changeIn({ name, description }: ChannelUpdate) {
  const change = {
    ...(isGiven(name) && { name: nameIn(name) }),
    ...(isGiven(description) && { description: channelDescriptionIn(description) }),
  };
  if (Object.keys(change).length > 0) return change;
  throw new GatewayError("BAD_INPUT", "Name at least one thing to change about the channel.");
}

/** @throws GatewayError BAD_INPUT */
export function serverIdIn(text: string): string {
  if (/^[1-9][0-9]{0,17}$/.test(text)) return text;
  const message = `"${text.slice(0, 80)}" is no serverId of a post: it is a number, such as 117.`;
  throw bad("serverId", message);
}

function isGiven(text: string | null | undefined): text is string {
  return text !== null && text !== undefined;
}

function bad(argument: string, message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message, { argument });
}
