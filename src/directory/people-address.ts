import { type Address, addressOf, bareJid, isGroup, isLid } from "../domain/address.ts";
import type { ContactCheck } from "../domain/contact-check.ts";
import { GatewayError } from "../domain/errors.ts";

/** Who may be meant: a person, or also a group. */
export type Meant = "CONTACT" | "CHAT";

const WELL_FORMED = /^[0-9]{5,20}@|^[0-9]{5,20}-[0-9]{5,20}@/;

/**
 * Who is meant by a number or a JID. WhatsApp is asked who has a number, because of national variants.
 * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP, and as `check` says
 */
export async function addressIn(
  text: string,
  meant: Meant,
  check: (inputs: readonly string[]) => Promise<readonly ContactCheck[]>,
): Promise<Address> {
  const jid = bareJid(text.trim());
  if (WELL_FORMED.test(jid) && (isLid(jid) || (isGroup(jid) && meant === "CHAT"))) {
    return addressOf(jid);
  }
  const [answer] = await check([text]);
  if (answer?.isNumber !== true) throw invalid(text, meant);
  if (answer.address !== null) return answer.address;
  throw new GatewayError(
    "NOT_ON_WHATSAPP",
    `Nobody with the number ${text.slice(0, 80)} is on WhatsApp. Check the country code.`,
  );
}

function invalid(text: string, meant: Meant): GatewayError {
  const what = meant === "CHAT" ? "names no chat" : "names nobody";
  const ends = meant === "CHAT" ? "@s.whatsapp.net, @lid or @g.us" : "@s.whatsapp.net or @lid";
  return new GatewayError(
    "INVALID_RECIPIENT",
    `"${text.slice(0, 80)}" ${what}. Use country code and number (5511999999999), or a JID ending in ${ends}.`,
  );
}
