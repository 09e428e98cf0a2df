import type { Location } from "../../../domain/content.ts";
import type { OutgoingAppointment, OutgoingContent } from "../../../domain/outgoing.ts";
import type { PreparedMessage } from "../../engine.ts";
import { generateWAMessageContent, proto } from "../library.ts";
import { attachmentOf, mediaOf } from "../translate/attachment.ts";
import { unwrap } from "../translate/wrappers.ts";
import { againMessage } from "./again.ts";
import { changeMessage } from "./change.ts";
import { setContext } from "./context.ts";
import { fileMessage, type FileOptions } from "./file.ts";
import { forwardMessage } from "./forward.ts";
import { said } from "./said.ts";

/** Builds the encoded `Message`: what it says is fixed from here on, also when it is sent twice. */
export async function prepareMessage(
  content: OutgoingContent,
  options: FileOptions,
): Promise<PreparedMessage> {
  const message = await messageOf(content, options);
  setContext(message, content);
  const attachment = attachmentOf(unwrap(message).inner);
  return {
    bytes: proto.Message.encode(message).finish(),
    media: attachment === undefined ? null : mediaOf(attachment),
  };
}

function messageOf(content: OutgoingContent, options: FileOptions): Promise<proto.IMessage> {
  switch (content.kind) {
    case "TEXT": {
      const { text } = content;
      return generateWAMessageContent({ text }, options);
    }
    case "FORWARD":
      return Promise.resolve(forwardMessage(content.original));
    case "LOCATION": {
      const location = placeOf(content.location);
      return generateWAMessageContent({ location }, options);
    }
    case "CONTACTS": {
      const cards = content.contacts.map(({ name, vcard }) => ({
        ...said({ displayName: name }),
        vcard,
      }));
      const first = said({ displayName: content.contacts[0]?.name ?? null });
      return generateWAMessageContent({ contacts: { ...first, contacts: cards } }, options);
    }
    case "POLL": {
      const { question: name, options: values, selectableCount } = content.poll;
      const poll = { name, values: [...values], selectableCount: selectableCount ?? 0 };
      return generateWAMessageContent({ poll }, options);
    }
    case "EVENT":
      return generateWAMessageContent({ event: eventOf(content.appointment) }, options);
    case "EDIT":
    case "DELETION":
    case "REACTION":
      return Promise.resolve(changeMessage(content));
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "STICKER":
    case "DOCUMENT":
      return "raw" in content
        ? Promise.resolve(againMessage(content))
        : fileMessage(content, options);
  }
}

function placeOf({ latitude, longitude, name, address, url }: Location) {
  const degrees = { degreesLatitude: latitude, degreesLongitude: longitude };
  return { ...degrees, ...said({ name, address, url }) };
}

function eventOf({ name, description, startsAt, endsAt, location }: OutgoingAppointment) {
  return {
    name,
    ...said({ description }),
    startDate: new Date(startsAt),
    ...(endsAt !== null && { endDate: new Date(endsAt) }),
    ...(location && { location: placeOf(location) }),
  };
}
