import type { ObjectRef } from "@pothos/core";
import type { Details, MessageKind } from "../../domain/content.ts";
import type { SchemaTypes } from "../builder.ts";
import { builder } from "../builder.ts";
import {
  AlbumType,
  AppointmentType,
  ContactCardType,
  LinkPreviewType,
  LocationType,
  PollType,
} from "./details.ts";
import { MESSAGE_TYPE_NAMES, MessageInterface, type ShownMessage } from "./message.ts";

type KindRef = ObjectRef<SchemaTypes, ShownMessage>;

function plain(kind: MessageKind, description: string): KindRef {
  return builder.objectRef<ShownMessage>(MESSAGE_TYPE_NAMES[kind]).implement({
    interfaces: [MessageInterface],
    description,
  });
}

export const TextMessage = builder.objectRef<ShownMessage>(MESSAGE_TYPE_NAMES.TEXT).implement({
  interfaces: [MessageInterface],
  description: "A message of text only.",
  fields: (t) => ({
    linkPreview: t.expose("linkPreview", {
      type: LinkPreviewType,
      nullable: true,
      description: "What its sender shows of the page it leads to.",
    }),
  }),
});
export const ImageMessage = plain("IMAGE", "A picture; `text` is its caption.");
export const VideoMessage = plain(
  "VIDEO",
  "A video, a GIF or a round video note; `text` is its caption.",
);
export const AudioMessage = plain("AUDIO", "A voice note or a sound file.");
export const DocumentMessage = plain("DOCUMENT", "A file; `text` is its caption.");
export const StickerMessage = plain("STICKER", "A sticker.");
plain("UNSUPPORTED", "Of a kind the gateway does not show yet.");
plain("UNDECRYPTABLE", "A message that could not be decrypted.");

/**
 * What a message of this kind consists of.
 * @throws Error when a message has the details of another kind, which no code of ours makes
 */
export function detailsOf<Kind extends Details["kind"]>(
  { details }: ShownMessage,
  kind: Kind,
): Extract<Details, { kind: Kind }> {
  if (details?.kind !== kind) throw new Error(`a message of kind ${kind} has no details`);
  return details as Extract<Details, { kind: Kind }>;
}

export const LocationMessage = builder
  .objectRef<ShownMessage>(MESSAGE_TYPE_NAMES.LOCATION)
  .implement({
    interfaces: [MessageInterface],
    description: "A place on the map; `text` is what was written to it.",
    fields: (t) => ({
      location: t.field({
        type: LocationType,
        description: "The place.",
        resolve: (message) => detailsOf(message, "LOCATION").location,
      }),
    }),
  });

export const ContactsMessage = builder
  .objectRef<ShownMessage>(MESSAGE_TYPE_NAMES.CONTACTS)
  .implement({
    interfaces: [MessageInterface],
    description: "One or more contact cards.",
    fields: (t) => ({
      contacts: t.field({
        type: [ContactCardType],
        description: "The cards.",
        resolve: (message) => detailsOf(message, "CONTACTS").contacts,
      }),
    }),
  });

export const PollMessage = builder.objectRef<ShownMessage>(MESSAGE_TYPE_NAMES.POLL).implement({
  interfaces: [MessageInterface],
  description: "A question with answers to choose from; `text` is the question.",
  fields: (t) => ({
    poll: t.field({
      type: PollType,
      description: "The poll.",
      resolve: (message) => detailsOf(message, "POLL").poll,
    }),
  }),
});

export const EventMessage = builder.objectRef<ShownMessage>(MESSAGE_TYPE_NAMES.EVENT).implement({
  interfaces: [MessageInterface],
  description: "An appointment; `text` is its name.",
  fields: (t) => ({
    appointment: t.field({
      type: AppointmentType,
      description: "What, when and where.",
      resolve: (message) => detailsOf(message, "EVENT").appointment,
    }),
  }),
});

const AlbumMessage = builder.objectRef<ShownMessage>(MESSAGE_TYPE_NAMES.ALBUM).implement({
  interfaces: [MessageInterface],
  description: "The beginning of an album: its pictures and videos have its id as `albumId`.",
  fields: (t) => ({
    album: t.field({
      type: AlbumType,
      description: "What is to follow.",
      resolve: (message) => detailsOf(message, "ALBUM").album,
    }),
  }),
});

/** What a send can make. */
export const SENDABLE_TYPES: readonly KindRef[] = [
  TextMessage,
  ImageMessage,
  VideoMessage,
  AudioMessage,
  DocumentMessage,
  StickerMessage,
  LocationMessage,
  ContactsMessage,
  PollMessage,
  EventMessage,
  AlbumMessage,
];
