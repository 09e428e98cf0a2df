import type { Appointment, Details, Location, Poll } from "../../../domain/content.ts";
import type { proto } from "../library.ts";
import { count, instant } from "./numbers.ts";
import { contactCard } from "./vcard.ts";

/** What a message of a structured kind consists of, and what of it people read first. */
interface Structured {
  readonly text: string | null | undefined;
  readonly details: Details;
}

/** More than any client sends; a stranger must not fill the log with one message. */
const MAX_CONTACTS = 256;
const MAX_OPTIONS = 64;

export function detailsOf(message: proto.IMessage): Structured | undefined {
  const { locationMessage, liveLocationMessage, contactMessage, contactsArrayMessage } = message;
  const place = locationMessage ?? liveLocationMessage;
  if (place) {
    const location = locationOf(place, place === liveLocationMessage);
    if (location === undefined) return undefined;
    const text = "comment" in place ? place.comment : liveLocationMessage?.caption;
    return { text, details: { kind: "LOCATION", location } };
  }
  const contacts = contactMessage ? [contactMessage] : contactsArrayMessage?.contacts;
  if (contacts) {
    const cards = contacts.slice(0, MAX_CONTACTS).map(contactCard);
    return { text: null, details: { kind: "CONTACTS", contacts: cards } };
  }
  const poll = pollOf(message);
  if (poll) return { text: poll.question, details: { kind: "POLL", poll } };
  if (message.eventMessage) {
    const appointment = appointmentOf(message.eventMessage);
    return { text: appointment.name, details: { kind: "EVENT", appointment } };
  }
  if (message.albumMessage) {
    const { expectedImageCount, expectedVideoCount } = message.albumMessage;
    const album = {
      images: count(expectedImageCount) ?? 0,
      videos: count(expectedVideoCount) ?? 0,
    };
    return { text: null, details: { kind: "ALBUM", album } };
  }
  return undefined;
}

function locationOf(
  place: proto.Message.ILocationMessage | proto.Message.ILiveLocationMessage,
  isLive: boolean,
): Location | undefined {
  const { degreesLatitude: latitude, degreesLongitude: longitude } = place;
  // What is no place on the map is no location: it is kept as it came.
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return undefined;
  const said = place as proto.Message.ILocationMessage;
  const { name, address, url } = said;
  return {
    latitude,
    longitude,
    name: name || null,
    address: address || null,
    url: url || null,
    isLive: isLive || said.isLive === true,
  };
}

function isWithin(degrees: number | null | undefined, limit: number): degrees is number {
  return typeof degrees === "number" && Math.abs(degrees) <= limit;
}

/** Every version that WhatsApp has had so far; the fourth comes in a wrapper. */
export function pollOf(message: proto.IMessage): Poll | undefined {
  const poll =
    message.pollCreationMessage ??
    message.pollCreationMessageV2 ??
    message.pollCreationMessageV3 ??
    message.pollCreationMessageV5;
  if (!poll) return undefined;
  const options = (poll.options ?? []).slice(0, MAX_OPTIONS);
  return {
    question: poll.name ?? "",
    options: options.map(({ optionName }) => optionName ?? ""),
    selectableCount: count(poll.selectableOptionsCount) || null,
  };
}

function appointmentOf(event: proto.Message.IEventMessage): Appointment {
  const { name, description, startTime, endTime, location, joinLink, isCanceled } = event;
  return {
    name: name ?? "",
    description: description || null,
    startsAt: instant(startTime),
    endsAt: instant(endTime),
    location: (location && locationOf(location, false)) ?? null,
    joinLink: joinLink || null,
    isCancelled: isCanceled === true,
  };
}
