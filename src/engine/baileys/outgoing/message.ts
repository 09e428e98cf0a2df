import type { Location } from "../../../domain/content.ts";
import type { Jid } from "../../../domain/ids.ts";
import type { OutgoingAppointment, OutgoingContent, TextStyle } from "../../../domain/outgoing.ts";
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
import { type ChatNames, sealedMessage } from "./sealed.ts";

export interface PrepareOptions extends FileOptions {
  /** The names by which people are known where the message goes. */
  readonly names: () => Promise<ChatNames>;
}

/** Builds the encoded `Message`: what it says is fixed from here on, also when it is sent twice. */
export async function prepareMessage(
  content: OutgoingContent,
  to: Jid,
  options: PrepareOptions,
): Promise<PreparedMessage> {
  const message = await messageOf(content, options);
  setContext(message, content);
  if (content.albumId) setAlbum(message, { id: content.albumId, remoteJid: to, fromMe: true });
  const attachment = attachmentOf(unwrap(message).inner);
  return {
    bytes: proto.Message.encode(message).finish(),
    media: attachment === undefined ? null : mediaOf(attachment),
  };
}

async function messageOf(
  content: OutgoingContent,
  options: PrepareOptions,
): Promise<proto.IMessage> {
  switch (content.kind) {
    case "TEXT": {
      const { text, preview } = content;
      // Null keeps Baileys from looking for one of its own.
      const linkPreview = preview ? urlInfoOf(preview) : null;
      const message = await generateWAMessageContent({ text, linkPreview }, options);
      if (content.style) Object.assign(message.extendedTextMessage ?? {}, styleOf(content.style));
      return message;
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
    case "ALBUM": {
      const { images: expectedImageCount, videos: expectedVideoCount } = content.album;
      return { albumMessage: { expectedImageCount, expectedVideoCount } };
    }
    case "EDIT":
    case "DELETION":
    case "REACTION":
    case "PIN":
    case "KEEP":
      return Promise.resolve(changeMessage(content));
    case "VOTE":
    case "RESPONSE":
      return options.names().then((names) => sealedMessage(content, names));
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

const { FontType } = proto.Message.ExtendedTextMessage;

/** Opaque colours, as alpha, red, green and blue in one number. */
const OPAQUE = 0xff000000;
const WHITE = 0xffffffff;

function styleOf({ backgroundColor, font }: TextStyle): proto.Message.IExtendedTextMessage {
  const backgroundArgb = OPAQUE + Number.parseInt(backgroundColor.slice(1), 16);
  return { backgroundArgb, textArgb: WHITE, font: FontType[font] };
}

type Preview = NonNullable<Extract<OutgoingContent, { readonly kind: "TEXT" }>["preview"]>;

function urlInfoOf({ url, title, description, thumbnail }: Preview) {
  const picture = thumbnail === null ? {} : { jpegThumbnail: Buffer.from(thumbnail, "base64") };
  const names = { "canonical-url": url, "matched-text": url };
  return { ...names, title, ...said({ description }), ...picture };
}

const { MEDIA_ALBUM } = proto.MessageAssociation.AssociationType;

/** Phones show it inside of its album. */
function setAlbum(message: proto.IMessage, parentMessageKey: proto.IMessageKey): void {
  const messageAssociation = { associationType: MEDIA_ALBUM, parentMessageKey };
  message.messageContextInfo = { ...message.messageContextInfo, messageAssociation };
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
