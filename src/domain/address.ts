import type { Jid } from "./ids.ts";

/**
 * A person or a chat under both names that WhatsApp gives it: by phone number (`pn`) and by the
 * number-hiding LID. `id` is the stable one to compare by: the LID where it is known.
 */
export interface Address {
  readonly id: Jid;
  readonly pn: Jid | null;
  readonly lid: Jid | null;
}

export const PN_SERVER = "s.whatsapp.net";
const LID_SERVER = "lid";
const GROUP_SERVER = "g.us";
const CHANNEL_SERVER = "newsletter";

function serverOf(jid: string): string {
  return jid.slice(jid.indexOf("@") + 1);
}

/** Drops the device (`:7`) and agent (`_1`) parts: people are addressed, not their devices. */
export function bareJid(jid: string): Jid {
  const at = jid.indexOf("@");
  if (at < 0) return jid as Jid;
  const user = jid.slice(0, at).replace(/[:_].*$/, "");
  const server = jid.slice(at + 1);
  return `${user}@${server === "c.us" ? PN_SERVER : server}` as Jid;
}

export function isGroup(jid: string): boolean {
  return serverOf(jid) === GROUP_SERVER;
}

/** A channel, which WhatsApp's protocol calls a newsletter. */
export function isChannel(jid: string): boolean {
  return serverOf(jid) === CHANNEL_SERVER;
}

/** Where accounts post their statuses, which phones show for a day. */
export const STATUS_FEED = "status@broadcast" as Jid;

/** Whether many write there, so that it is not named by who does. */
export function isShared(jid: string): boolean {
  return isGroup(jid) || jid === STATUS_FEED;
}

export function isLid(jid: string): boolean {
  return serverOf(jid) === LID_SERVER;
}

export function isPn(jid: string): boolean {
  return serverOf(jid) === PN_SERVER;
}

/** The digits of a phone-number JID, as people write them after a `+`. */
export function phoneOf(jid: string): string {
  return bareJid(jid).slice(0, bareJid(jid).indexOf("@"));
}

/** One address from whatever names are known, in any order; other kinds (groups, channels) have one name only. */
export function addressOf(...known: readonly (string | null | undefined)[]): Address {
  const names = known.flatMap((jid) => (jid ? [bareJid(jid)] : []));
  const pn = names.find(isPn) ?? null;
  const lid = names.find(isLid) ?? null;
  const id = lid ?? pn ?? names[0];
  if (id === undefined) throw new TypeError("an address needs at least one JID");
  return { id, pn, lid };
}

/** How many digits a phone number has at least and at most, the country code included (ITU-T E.164; short codes reach down to 5). */
const PHONE = /^[1-9][0-9]{4,14}$/;

/** Digits of a phone number that people wrote with `+`, spaces or punctuation, or nothing when it cannot be one. */
export function phoneDigits(text: string): string | undefined {
  if (!/^\+?[0-9 ().\-/]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, "").replace(/^00/, "");
  return PHONE.test(digits) ? digits : undefined;
}
