import { randomBytes } from "node:crypto";
import type { ComposedMessage } from "./content.ts";

interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

export type StructuredContent =
  | { readonly location: Place & { readonly live?: boolean } }
  | { readonly contacts: readonly { readonly name: string; readonly vcard: string }[] }
  | {
      readonly poll: {
        readonly question: string;
        readonly options: readonly string[];
        /** How many may be chosen; any number if left out. */
        readonly selectableCount?: number;
      };
    }
  | {
      readonly event: {
        readonly name: string;
        readonly description?: string;
        /** Unix seconds. */
        readonly startsAt: number;
        readonly location?: Place;
      };
    };

const SECRET_BYTES = 32;

export function composeStructured(content: StructuredContent): ComposedMessage {
  // Votes and answers are sealed with it.
  const messageContextInfo = { messageSecret: randomBytes(SECRET_BYTES) };
  if ("location" in content) {
    const { live, ...place } = content.location;
    const fields = degreesOf(place);
    return live
      ? { message: { liveLocationMessage: fields }, kind: "media" }
      : { message: { locationMessage: fields }, kind: "media" };
  }
  if ("contacts" in content) {
    const contacts = content.contacts.map(({ name, vcard }) => ({ displayName: name, vcard }));
    const [first] = contacts;
    return contacts.length === 1 && first
      ? { message: { contactMessage: first }, kind: "media" }
      : { message: { contactsArrayMessage: { contacts } }, kind: "media" };
  }
  if ("poll" in content) {
    const { question: name, options, selectableCount = 0 } = content.poll;
    const poll = {
      name,
      options: options.map((optionName) => ({ optionName })),
      selectableOptionsCount: selectableCount,
    };
    return { message: { messageContextInfo, pollCreationMessageV3: poll }, kind: "poll" };
  }
  const { name, description, startsAt, location } = content.event;
  const event = {
    name,
    startTime: startsAt,
    ...(description === undefined ? {} : { description }),
    ...(location === undefined ? {} : { location: degreesOf(location) }),
  };
  return { message: { messageContextInfo, eventMessage: event }, kind: "event" };
}

function degreesOf({ latitude, longitude, ...named }: Place) {
  return { degreesLatitude: latitude, degreesLongitude: longitude, ...named };
}
