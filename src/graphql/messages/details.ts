import type {
  Album,
  Appointment,
  ContactCard,
  LinkPreview,
  Location,
  Poll,
} from "../../domain/content.ts";
import { builder } from "../builder.ts";

export const LocationType = builder.objectRef<Location>("Location").implement({
  description: "A place on the map.",
  fields: (t) => ({
    latitude: t.exposeFloat("latitude", { description: "In degrees; north is positive." }),
    longitude: t.exposeFloat("longitude", { description: "In degrees; east is positive." }),
    name: t.exposeString("name", { nullable: true, description: "What the place is called." }),
    address: t.exposeString("address", { nullable: true, description: "Its address." }),
    url: t.exposeString("url", { nullable: true, description: "A page about it." }),
    isLive: t.exposeBoolean("isLive", {
      description:
        "Whether the sender goes on telling where they are. This is where they were when they began.",
    }),
  }),
});

export const ContactCardType = builder.objectRef<ContactCard>("ContactCard").implement({
  description: "What somebody passes on of a person.",
  fields: (t) => ({
    name: t.exposeString("name", { nullable: true, description: "As the sender calls them." }),
    phones: t.exposeStringList("phones", {
      description: "Their numbers as digits; as WhatsApp knows them where the card says so.",
    }),
    vcard: t.exposeString("vcard", { description: "The card itself (vCard, RFC 6350)." }),
  }),
});

export const LinkPreviewType = builder.objectRef<LinkPreview>("LinkPreview").implement({
  description: "What is shown of a page to which a text leads.",
  fields: (t) => ({
    url: t.exposeString("url", { description: "The link as it stands in the text." }),
    title: t.exposeString("title", { description: "What the page is called." }),
    description: t.exposeString("description", { nullable: true, description: "More about it." }),
  }),
});

export const PollType = builder.objectRef<Poll>("Poll").implement({
  description: "A question with answers to choose from.",
  fields: (t) => ({
    question: t.exposeString("question", { description: "What is asked." }),
    options: t.exposeStringList("options", { description: "The answers, in their order." }),
    selectableCount: t.exposeInt("selectableCount", {
      nullable: true,
      description: "How many one may choose. Null for as many as one likes.",
    }),
  }),
});

export const AppointmentType = builder.objectRef<Appointment>("Appointment").implement({
  description: "What people arrange in a chat; WhatsApp calls it an event.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "What it is." }),
    description: t.exposeString("description", { nullable: true, description: "More about it." }),
    startsAt: t.expose("startsAt", {
      type: "DateTime",
      nullable: true,
      description: "When it begins.",
    }),
    endsAt: t.expose("endsAt", { type: "DateTime", nullable: true, description: "When it ends." }),
    location: t.expose("location", {
      type: LocationType,
      nullable: true,
      description: "Where it is.",
    }),
    joinLink: t.exposeString("joinLink", {
      nullable: true,
      description: "Where one joins the call that belongs to it.",
    }),
    isCancelled: t.exposeBoolean("isCancelled", { description: "Whether it was called off." }),
  }),
});

export const AlbumType = builder.objectRef<Album>("Album").implement({
  description: "How many pictures and videos follow.",
  fields: (t) => ({
    images: t.exposeInt("images", { description: "Pictures." }),
    videos: t.exposeInt("videos", { description: "Videos." }),
  }),
});
