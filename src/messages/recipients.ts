import type { Address } from "../domain/address.ts";
import {
  addressOf,
  bareJid,
  isChannel,
  isGroup,
  isLid,
  isPn,
  phoneDigits,
  phoneOf,
  PN_SERVER,
} from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { InstanceId } from "../domain/ids.ts";
import { abortable } from "../lib/abortable.ts";
import { startDeadline } from "../lib/deadline.ts";
import { BoundedMap } from "../lib/bounded-map.ts";

/** Where a message goes, and whether WhatsApp has confirmed that somebody is there. */
export interface Recipient {
  readonly address: Address;
  readonly isResolved: boolean;
}

/** Asks WhatsApp who has a number; nothing when nobody does. */
export type LookUp = (phone: string) => Promise<Address | undefined>;

/** People seldom change their number: the answer of the last look-ups is kept for all accounts, some 200 bytes each. */
const KEPT = 20_000;

/** Finds out who a caller means by a number or a JID, asking WhatsApp where it has to. */
export class Recipients {
  readonly #known = new BoundedMap<string, Address>(KEPT);

  /**
   * @param lookUp nothing while the instance is not connected: a number is then taken as it is and asked about later
   * @param patienceMs how long WhatsApp may take to answer; the same then
   * @throws GatewayError INVALID_RECIPIENT, NOT_ON_WHATSAPP
   */
  async resolve(
    instanceId: InstanceId,
    to: string,
    lookUp?: LookUp,
    patienceMs?: number,
  ): Promise<Recipient> {
    const jid = jidOf(to);
    if (!isPn(jid)) return { address: addressOf(jid), isResolved: true };
    const known = this.#known.get(jid);
    if (known) return { address: known, isResolved: true };
    if (!lookUp) return { address: addressOf(jid), isResolved: false };
    const found = await answered(lookUp(phoneOf(jid)), patienceMs);
    if (found === "silence") return { address: addressOf(jid), isResolved: false };
    if (!found) throw notOnWhatsApp(instanceId, phoneOf(jid));
    this.#known.set(jid, found);
    return { address: found, isResolved: true };
  }
}

/** A connection may look open and be silent, or end while it is asked. */
async function answered(
  asked: Promise<Address | undefined>,
  patienceMs: number | undefined,
): Promise<Address | "silence" | undefined> {
  if (patienceMs === undefined) return asked;
  using deadline = startDeadline(patienceMs);
  try {
    return await abortable(asked, deadline.signal);
  } catch (error) {
    const isSilence = error instanceof GatewayError && error.code === "UNAVAILABLE";
    if (deadline.expired || isSilence) return "silence";
    throw error;
  }
}

function jidOf(to: string): string {
  const text = to.trim();
  if (text.includes("@")) {
    const jid = bareJid(text);
    const isWellFormed = /^[0-9]{5,20}@|^[0-9]{5,20}-[0-9]{5,20}@/.test(jid);
    const isReached = isGroup(jid) || isLid(jid) || isPn(jid) || isChannel(jid);
    if (isWellFormed && isReached) return jid;
    throw invalid(to, "is no JID that messages can be sent to");
  }
  const digits = phoneDigits(text);
  if (digits === undefined) throw invalid(to, "is no phone number");
  return `${digits}@${PN_SERVER}`;
}

function invalid(to: string, what: string): GatewayError {
  return new GatewayError(
    "INVALID_RECIPIENT",
    `"${to.slice(0, 80)}" ${what}. Use country code and number (5511999999999), or a JID ending in @s.whatsapp.net, @lid, @g.us or @newsletter.`,
  );
}

function notOnWhatsApp(instanceId: InstanceId, phone: string): GatewayError {
  return new GatewayError(
    "NOT_ON_WHATSAPP",
    `Nobody with the number ${phone} is on WhatsApp. Check the country code.`,
    { instanceId, phone },
  );
}
