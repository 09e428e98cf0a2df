import { bareJid, isGroup } from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { GroupSetting } from "../domain/group-facts.ts";
import type { Jid } from "../domain/ids.ts";
import type { GroupUpdate } from "./groups.ts";

/** WhatsApp takes no longer ones. */
const LONGEST_SUBJECT = 100;
const LONGEST_DESCRIPTION = 2_048;

/** What WhatsApp offers: never, a day, a week, 90 days. */
const DISAPPEARING_SECONDS: readonly number[] = [0, 86_400, 604_800, 7_776_000];

/** New groups have ids of digits; old ones also have a dash in them. */
const GROUP_ID = /^[0-9]{5,20}(-[0-9]{5,20})?$/;

/** @throws GatewayError BAD_INPUT */
export function groupIdIn(text: string): Jid {
  const trimmed = text.trim();
  const jid = bareJid(trimmed.includes("@") ? trimmed : `${trimmed}@g.us`);
  if (isGroup(jid) && GROUP_ID.test(jid.slice(0, jid.indexOf("@")))) return jid;
  throw new GatewayError(
    "BAD_INPUT",
    `"${text.slice(0, 80)}" is no id of a group. It looks like 120363000000000001@g.us.`,
    { argument: "groupId" },
  );
}

/**
 * The code of `https://chat.whatsapp.com/<code>`, or of such a link.
 * @throws GatewayError INVITE_INVALID
 */
export function inviteCodeIn(text: string): string {
  const code = text
    .trim()
    .replace(/^(https?:\/\/)?chat\.whatsapp\.com\/(invite\/)?/i, "")
    .replace(/[/?#].*$/, "");
  if (/^[A-Za-z0-9_-]{8,64}$/.test(code)) return code;
  throw new GatewayError(
    "INVITE_INVALID",
    `"${text.slice(0, 80)}" is no link to a group. It looks like https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv.`,
  );
}

/** @throws GatewayError BAD_INPUT */
export function subjectIn(text: string): string {
  const subject = text.trim();
  if (subject !== "" && subject.length <= LONGEST_SUBJECT) return subject;
  const message = `The subject of a group has from 1 to ${LONGEST_SUBJECT} characters.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "subject" });
}

/** @throws GatewayError BAD_INPUT */
export function descriptionIn(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text.trim();
  const message = `The description of a group has at most ${LONGEST_DESCRIPTION} characters.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "description" });
}

/**
 * What is to be changed, one thing after the other.
 * @throws GatewayError BAD_INPUT, also when it is nothing
 */
export function settingsIn(change: GroupUpdate): readonly GroupSetting[] {
  const { subject, description, announcement, locked, membersMayAdd, joinApproval } = change;
  const settings: GroupSetting[] = [];
  if (isGiven(subject)) settings.push({ kind: "SUBJECT", subject: subjectIn(subject) });
  if (isGiven(description)) {
    settings.push({ kind: "DESCRIPTION", description: descriptionIn(description) });
  }
  if (isGiven(announcement)) settings.push({ kind: "ANNOUNCEMENT", isOn: announcement });
  if (isGiven(locked)) settings.push({ kind: "LOCKED", isOn: locked });
  if (isGiven(membersMayAdd)) settings.push({ kind: "MEMBERS_MAY_ADD", isOn: membersMayAdd });
  if (isGiven(joinApproval)) settings.push({ kind: "JOIN_APPROVAL", isOn: joinApproval });
  if (isGiven(change.disappearingSeconds)) {
    settings.push({ kind: "DISAPPEARING", seconds: secondsIn(change.disappearingSeconds) });
  }
  if (settings.length > 0) return settings;
  throw new GatewayError("BAD_INPUT", "Name at least one thing to change about the group.");
}

function secondsIn(seconds: number): number {
  if (DISAPPEARING_SECONDS.includes(seconds)) return seconds;
  const message = `Messages can disappear after ${DISAPPEARING_SECONDS.join(", ")} seconds; 0 is never.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "disappearingSeconds" });
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
