import {
  type Address,
  addressOf,
  bareJid,
  isLid,
  isPn,
  phoneDigits,
  PN_SERVER,
} from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { GroupParticipantResult } from "../domain/group-facts.ts";
import type { Jid } from "../domain/ids.ts";
import { Semaphore } from "../lib/semaphore.ts";

/** Asks WhatsApp who has a number; nothing when nobody does. */
export type LookUp = (phone: string) => Promise<Address | undefined>;

export interface People {
  /** As WhatsApp names them. */
  readonly found: readonly Jid[];
  /** The answers for those whom nobody on WhatsApp is. */
  readonly missing: readonly GroupParticipantResult[];
}

/** Every number costs a question to WhatsApp, and so many take some seconds. */
const MOST_PEOPLE = 100;

/** WhatsApp slows down who asks it much at once. */
const LOOK_UPS_AT_ONCE = 4;

/**
 * Finds out who is meant. WhatsApp is asked who has a number, because of national variants; a JID is taken as it is.
 * @throws GatewayError BAD_INPUT for too many or too few, INVALID_RECIPIENT, UNAVAILABLE
 */
export async function peopleOf(
  texts: readonly string[],
  fewest: number,
  lookUp: LookUp,
): Promise<People> {
  if (texts.length < fewest || texts.length > MOST_PEOPLE) {
    const message = `Name from ${fewest} to ${MOST_PEOPLE} people in one call.`;
    throw new GatewayError("BAD_INPUT", message, { argument: "participants" });
  }
  const named = [...new Map(texts.map(personOf).map((each) => [each.jid, each])).values()];
  const turns = new Semaphore(LOOK_UPS_AT_ONCE);
  const answers = await Promise.all(
    named.map(async ({ jid, phone }) => {
      if (phone === undefined) return { jid, isFound: true };
      const release = await turns.acquire(NEVER);
      try {
        const address = await lookUp(phone);
        // By number where it is known: WhatsApp adds who is named by their LID only with the number beside it.
        return { jid: address?.pn ?? address?.id ?? jid, isFound: address !== undefined };
      } finally {
        release();
      }
    }),
  );
  const found = answers.filter(({ isFound }) => isFound).map(({ jid }) => jid);
  const missing = answers.filter(({ isFound }) => !isFound).map(({ jid }) => nobody(jid));
  return { found: [...new Set(found)], missing };
}

const NEVER = new AbortController().signal;

interface Person {
  readonly jid: Jid;
  /** Given where a number was. */
  readonly phone: string | undefined;
}

function personOf(text: string): Person {
  if (text.includes("@")) {
    const jid = bareJid(text.trim());
    if (/^[0-9]{5,20}@/.test(jid) && (isPn(jid) || isLid(jid))) return { jid, phone: undefined };
  } else {
    const phone = phoneDigits(text.trim());
    if (phone !== undefined) return { jid: `${phone}@${PN_SERVER}` as Jid, phone };
  }
  throw new GatewayError(
    "INVALID_RECIPIENT",
    `"${text.slice(0, 80)}" names nobody. Use country code and number (5511999999999), or a JID ending in @s.whatsapp.net or @lid.`,
  );
}

function nobody(jid: Jid): GroupParticipantResult {
  return { participant: addressOf(jid), error: "NOT_ON_WHATSAPP", whatsappCode: null };
}
