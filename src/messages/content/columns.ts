import type { Appointment, Extras, LinkPreview } from "../../domain/content.ts";
import { encodeExtras, NO_EXTRAS } from "../../domain/content.ts";
import type { OutgoingAppointment, OutgoingContent } from "../../domain/outgoing.ts";

/** How a message that is to be sent is shown until it has left, and afterwards. */
export function columnsOf(content: OutgoingContent) {
  if (content.kind === "FORWARD") {
    const { kind, text, media, ...extras } = content.original.content;
    const shown = { ...extras, ...marksOf(content), mentions: extras.mentions };
    return { kind, text, media: media && JSON.stringify(media), extras: encodeExtras(shown) };
  }
  const extras: Extras = { ...NO_EXTRAS, ...marksOf(content), ...saidBeside(content) };
  const media = "raw" in content ? { media: JSON.stringify(content.media) } : {};
  return { kind: content.kind, text: textOf(content), extras: encodeExtras(extras), ...media };
}

function marksOf(content: OutgoingContent) {
  const { mentions = [], mentionsAll = false, disappearsAfter = null, albumId = null } = content;
  return { mentions, mentionsAll, disappearsAfter, albumId };
}

type Written = Exclude<OutgoingContent, { readonly kind: "FORWARD" }>;

/** What people read first of it. */
function textOf(content: Written): string | null {
  switch (content.kind) {
    case "TEXT":
      return content.text;
    case "POLL":
      return content.poll.question;
    case "EVENT":
      return content.appointment.name;
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "STICKER":
    case "DOCUMENT":
      return content.caption;
    case "LOCATION":
    case "CONTACTS":
    case "ALBUM":
    // What they do is in `change`.
    case "EDIT":
    case "DELETION":
    case "REACTION":
    case "PIN":
    case "KEEP":
    case "VOTE":
    case "RESPONSE":
      return null;
  }
}

/** And what else it consists of. */
function saidBeside(content: Written): Partial<Extras> {
  switch (content.kind) {
    case "LOCATION":
      return { details: { kind: "LOCATION", location: content.location } };
    case "CONTACTS":
      return { details: { kind: "CONTACTS", contacts: content.contacts } };
    case "POLL":
      return { details: { kind: "POLL", poll: content.poll } };
    case "ALBUM":
      return { details: { kind: "ALBUM", album: content.album } };
    case "EVENT":
      return { details: { kind: "EVENT", appointment: appointmentOf(content.appointment) } };
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "STICKER":
    case "DOCUMENT":
      return { isViewOnce: content.isViewOnce ?? false };
    case "TEXT":
      return { linkPreview: content.preview ? shownOf(content.preview) : null };
    case "EDIT":
    case "DELETION":
    case "REACTION":
    case "PIN":
    case "KEEP":
    case "VOTE":
    case "RESPONSE":
      return {};
  }
}

const shownOf = ({ url, title, description }: LinkPreview): LinkPreview => ({
  url,
  title,
  description,
});

function appointmentOf({ startsAt, endsAt, ...said }: OutgoingAppointment): Appointment {
  return {
    ...said,
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
  };
}
