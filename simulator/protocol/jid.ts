import { jidDecode, jidEncode } from "@whiskeysockets/baileys";
import { SimulatorError } from "../errors.ts";

/** Which of its two names an account goes by in a stanza: the phone number or the hidden "LID". */
export type Addressing = "pn" | "lid";

export type UserJid = `${string}@s.whatsapp.net` | `${string}@lid`;
export type GroupJid = `${string}@g.us`;

/** Where statuses are posted: its stanzas look like those of a group whose members the sender alone knows. */
export const STATUS_JID = "status@broadcast";

/** Where one ciphertext is for many, each of whom got the sender's key before. */
export type SharedJid = GroupJid | typeof STATUS_JID;

/** A device of an account. Device 0 is the phone, the others are linked companions. */
export interface DeviceAddress {
  readonly phone: string;
  readonly device: number;
}

export const SERVER = "s.whatsapp.net";

const LID_DIGITS = 15;

/**
 * The LID user of a phone number. WhatsApp hands out unrelated numbers; here the phone can be read
 * back from it, which spares a table: "1" and the number padded to the 15 digits E.164 allows.
 */
function lidUserOf(phone: string): string {
  return `1${phone.padStart(LID_DIGITS, "0")}`;
}

export function deviceJid(address: DeviceAddress, addressing: Addressing): UserJid {
  const device = address.device === 0 ? undefined : address.device;
  return addressing === "lid"
    ? (jidEncode(lidUserOf(address.phone), "lid", device) as UserJid)
    : (jidEncode(address.phone, SERVER, device) as UserJid);
}

export function accountJid(phone: string, addressing: Addressing): UserJid {
  return deviceJid({ phone, device: 0 }, addressing);
}

/** Reads either form of a user's JID; undefined when it names no user (a group, the server, junk). */
export function parseDevice(jid: string | undefined): DeviceAddress | undefined {
  const decoded = jidDecode(jid);
  if (decoded === undefined) return undefined;
  const { user, server, device = 0 } = decoded;
  if (server === SERVER || server === "c.us") return { phone: user, device };
  if (server !== "lid" || user.length !== LID_DIGITS + 1) return undefined;
  return { phone: user.slice(1).replace(/^0+/, ""), device };
}

export function addressingOf(jid: string | undefined): Addressing {
  return jid?.endsWith("@lid") === true ? "lid" : "pn";
}

export function isGroupJid(jid: string | undefined): jid is GroupJid {
  return jid?.endsWith("@g.us") === true;
}

export function isChannelJid(jid: string | undefined): boolean {
  return jid?.endsWith("@newsletter") === true;
}

/** One spelling per account or group, whatever the addressing and the device. */
export function canonical(jid: string | undefined): string {
  return parseDevice(jid)?.phone ?? jid ?? "";
}

/**
 * The digits of a phone number that may carry `+` and punctuation, or of a user's JID.
 * @throws {SimulatorError} BAD_REQUEST when no number of 5 to 15 digits is left
 */
export function parsePhone(text: string): string {
  const digits = parseDevice(text)?.phone ?? text.replace(/[\s().+-]/g, "");
  if (!/^[1-9]\d{4,14}$/.test(digits)) {
    throw new SimulatorError("BAD_REQUEST", `"${text}" is not a phone number`);
  }
  return digits;
}
