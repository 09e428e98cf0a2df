import { phoneDigits } from "../../domain/address.ts";
import type { ContactCard, Location, Poll } from "../../domain/content.ts";
import type { OutgoingAppointment } from "../../domain/outgoing.ts";
import { GatewayError } from "../../domain/errors.ts";
import { storable, storableText } from "../../domain/text.ts";
import type { AppointmentDraft, ContactDraft, LocationDraft, PollDraft } from "./draft.ts";

/** Texts of a place, a name, a question: what phones show of them without cutting. */
const MAX_WORDS = 1_000;
const MAX_QUESTION = 255;
const MAX_OPTION = 100;

/** WhatsApp's clients make polls of two to twelve answers, and take no others. */
const OPTIONS = { least: 2, most: 12 };

/** As many as WhatsApp's clients pass on at a time. */
const MAX_CONTACTS = 257;

/** Longer cards have pictures in them, which WhatsApp does not show. */
const MAX_VCARD = 64 * 1_024;

/** @throws GatewayError BAD_INPUT */
export function checkLocation(draft: LocationDraft): Location {
  const { latitude, longitude, name, address, url } = draft;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw bad(
      "A place has a latitude from -90 to 90 and a longitude from -180 to 180, in degrees.",
    );
  }
  return {
    latitude,
    longitude,
    name: words(name, "name"),
    address: words(address, "address"),
    url: words(url, "url"),
    isLive: false,
  };
}

/** @throws GatewayError BAD_INPUT */
export function checkContacts(drafts: readonly ContactDraft[]): readonly ContactCard[] {
  if (drafts.length === 0 || drafts.length > MAX_CONTACTS) {
    throw bad(`Between 1 and ${MAX_CONTACTS} contacts can be sent at a time.`);
  }
  return drafts.map(cardOf);
}

function cardOf({ name: given, phone, vcard }: ContactDraft): ContactCard {
  const name = words(given, "name");
  if (name === null) throw bad("A contact has a name.");
  if (typeof vcard === "string") {
    const isCard = /^BEGIN:VCARD\r?\n[^]*END:VCARD\s*$/i.test(vcard) && vcard.length <= MAX_VCARD;
    if (!isCard)
      throw bad(`A vcard goes from BEGIN:VCARD to END:VCARD in up to ${MAX_VCARD} characters.`);
    return { name, phones: [], vcard: storableText(vcard) };
  }
  const digits = phoneDigits(phone ?? "");
  if (digits === undefined) throw bad(`The contact "${name}" needs a phone number, or a vcard.`);
  return { name, phones: [digits], vcard: vcardOf(name, digits) };
}

/** RFC 6350 asks for these to be escaped; `waid` is WhatsApp's own, and makes the card one to tap on. */
function vcardOf(name: string, digits: string): string {
  const escaped = name.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\s+/g, " ");
  return [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `FN:${escaped}`,
    `TEL;type=CELL;waid=${digits}:+${digits}`,
    "END:VCARD",
  ].join("\n");
}

/** @throws GatewayError BAD_INPUT */
export function checkPoll({ question, options, selectableCount }: PollDraft): Poll {
  const asked = storableText(question).trim();
  if (asked === "" || asked.length > MAX_QUESTION) {
    throw bad(`A poll asks a question of up to ${MAX_QUESTION} characters.`);
  }
  const answers = storable(options).map((option) => option.trim());
  const isMade = answers.every(({ length }) => length > 0 && length <= MAX_OPTION);
  const isCounted = answers.length >= OPTIONS.least && answers.length <= OPTIONS.most;
  if (!isMade || !isCounted || new Set(answers).size < answers.length) {
    throw bad(
      `A poll has from ${OPTIONS.least} to ${OPTIONS.most} different answers of up to ${MAX_OPTION} characters.`,
    );
  }
  const count = selectableCount ?? null;
  if (count !== null && !(count >= 1 && count <= answers.length)) {
    throw bad("selectableCount goes from 1 to the number of answers.");
  }
  return { question: asked, options: answers, selectableCount: count };
}

/** @throws GatewayError BAD_INPUT */
export function checkAppointment(draft: AppointmentDraft): OutgoingAppointment {
  const { startsAt, endsAt = null, location } = draft;
  const name = words(draft.name, "name");
  if (name === null) throw bad("An event has a name.");
  if (endsAt && endsAt <= startsAt) throw bad("An event ends after it begins.");
  return {
    name,
    description: words(draft.description, "description"),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    location: location ? checkLocation(location) : null,
    joinLink: null,
    isCancelled: false,
  };
}

function words(text: string | null | undefined, name: string): string | null {
  const said = storableText(text ?? "").trim();
  if (said.length > MAX_WORDS) throw bad(`The ${name} has more than ${MAX_WORDS} characters.`);
  return said || null;
}

function bad(message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message);
}
