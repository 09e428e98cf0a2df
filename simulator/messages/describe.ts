import { normalizeMessageContent, type proto } from "@whiskeysockets/baileys";
import type { MediaStore } from "../media/media-store.ts";
import { context, type Description } from "./description.ts";
import { describeMedia } from "./describe-media.ts";

/** Reads a decrypted message as a person would; undefined when it is nothing to be shown. */
export async function describe(
  message: proto.IMessage,
  store: MediaStore,
): Promise<Description | undefined> {
  const content = normalizeMessageContent(message);
  if (content === undefined) return undefined;
  const shown =
    describeText(content) ?? (await describeMedia(content, store)) ?? describeOther(content);
  const albumId = message.messageContextInfo?.messageAssociation?.parentMessageKey?.id;
  const placed = shown && albumId ? { ...shown, albumId } : shown;
  return placed && (isViewOnce(message) ? { ...placed, viewOnce: true } : placed);
}

/** It stands in a wrapper of its own, which may stand in another. */
function isViewOnce(message: proto.IMessage): boolean {
  const { viewOnceMessage, viewOnceMessageV2, viewOnceMessageV2Extension } = message;
  const inner = message.ephemeralMessage?.message;
  if (viewOnceMessage ?? viewOnceMessageV2 ?? viewOnceMessageV2Extension) return true;
  return inner ? isViewOnce(inner) : false;
}

function describeText(content: proto.IMessage): Description | undefined {
  const extended = content.extendedTextMessage;
  const text = content.conversation ?? extended?.text;
  if (typeof text !== "string") return undefined;
  const shown = { ...previewOf(extended), ...styleOf(extended) };
  return { type: "text", text, ...shown, ...context(extended?.contextInfo) };
}

function styleOf(
  text: proto.Message.IExtendedTextMessage | null | undefined,
): Partial<Description> {
  if (!text?.backgroundArgb) return {};
  return { style: { background: text.backgroundArgb, font: text.font ?? 0 } };
}

function previewOf(
  text: proto.Message.IExtendedTextMessage | null | undefined,
): Partial<Description> {
  const { matchedText, title, description, jpegThumbnail } = text ?? {};
  if (!matchedText) return {};
  const thumbnail = jpegThumbnail?.length ? Buffer.from(jpegThumbnail) : undefined;
  return {
    preview: {
      url: matchedText,
      title: title ?? "",
      ...(description ? { description } : {}),
      ...(thumbnail ? { thumbnail } : {}),
    },
  };
}

function describeOther(content: proto.IMessage): Description | undefined {
  const { reactionMessage: reaction, protocolMessage: control } = content;
  if (reaction) {
    return { type: "reaction", text: reaction.text ?? "", ...target(reaction.key) };
  }
  if (control) return describeControl(control);
  const addOn = describeAddOn(content);
  if (addOn) return addOn;
  const place = content.locationMessage;
  if (place) {
    const { degreesLatitude: latitude = 0, degreesLongitude: longitude = 0, name } = place;
    const at = { latitude: latitude ?? 0, longitude: longitude ?? 0 };
    return {
      type: "location",
      location: at,
      ...(name ? { text: name } : {}),
      ...context(place.contextInfo),
    };
  }
  const cards = content.contactMessage
    ? [content.contactMessage]
    : content.contactsArrayMessage?.contacts;
  if (cards) return { type: "contact", vcards: cards.map(({ vcard }) => vcard ?? "") };
  const poll = content.pollCreationMessage ?? content.pollCreationMessageV3;
  if (poll) {
    const options = (poll.options ?? []).map(({ optionName }) => optionName ?? "");
    const said = { text: poll.name ?? "", options, ...secretOf(content) };
    return { type: "poll", ...said, ...context(poll.contextInfo) };
  }
  if (content.albumMessage) {
    const { expectedImageCount, expectedVideoCount } = content.albumMessage;
    const album = { images: expectedImageCount ?? 0, videos: expectedVideoCount ?? 0 };
    return { type: "album", album, ...context(content.albumMessage.contextInfo) };
  }
  const event = content.eventMessage;
  if (event) {
    const startsAt = Number(event.startTime ?? 0);
    const said = { text: event.name ?? "", startsAt, ...secretOf(content) };
    return { type: "event", ...said, ...context(event.contextInfo) };
  }
  // A sender key travels in a message of its own, which nobody sees.
  const isInvisible = Object.entries(content).every(
    ([field, value]) =>
      !value || field === "senderKeyDistributionMessage" || field === "messageContextInfo",
  );
  return isInvisible ? undefined : { type: "other" };
}

function secretOf({ messageContextInfo }: proto.IMessage): Partial<Description> {
  const secret = messageContextInfo?.messageSecret;
  return secret ? { secret: Buffer.from(secret).toString("base64") } : {};
}

/** Numbers of `Message.ProtocolMessage.Type`. */
const REVOKE = 0;
const EDIT = 14;

function describeControl(control: proto.Message.IProtocolMessage): Description | undefined {
  const type: number = control.type ?? REVOKE;
  if (type === REVOKE) return { type: "deleted", ...target(control.key) };
  if (type !== EDIT) return undefined;
  const edited = normalizeMessageContent(control.editedMessage ?? undefined);
  const text = edited?.conversation ?? edited?.extendedTextMessage?.text ?? "";
  return { type: "edited", text, ...target(control.key) };
}

/** Numbers of `Message.PinInChatMessage.Type` and of `KeepType`. */
const FOR_ALL = 1;

function describeAddOn(content: proto.IMessage): Description | undefined {
  const { pinInChatMessage: pin, keepInChatMessage: keep, messageContextInfo } = content;
  if (pin) {
    const type: number = pin.type ?? 0;
    const seconds = messageContextInfo?.messageAddOnDurationInSecs ?? 0;
    return { type: type === FOR_ALL ? "pinned" : "unpinned", seconds, ...target(pin.key) };
  }
  if (!keep) return undefined;
  const type: number = keep.keepType ?? 0;
  return { type: type === FOR_ALL ? "kept" : "unkept", ...target(keep.key) };
}

function target(key: proto.IMessageKey | null | undefined): Partial<Description> {
  return key?.id ? { targetId: key.id } : {};
}
