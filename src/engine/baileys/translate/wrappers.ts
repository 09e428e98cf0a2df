import type { proto } from "../library.ts";

/** Envelopes inside the message that say nothing themselves, but for the ones of view-once messages. */
const WRAPPERS = [
  "ephemeralMessage",
  "viewOnceMessage",
  "viewOnceMessageV2",
  "viewOnceMessageV2Extension",
  "documentWithCaptionMessage",
  "groupMentionedMessage",
  "lottieStickerMessage",
  "associatedChildMessage",
  "botForwardedMessage",
  "pollCreationMessageV4",
  "eventCoverImage",
] as const satisfies readonly (keyof proto.IMessage)[];

/** Deeper than any client nests them; what a stranger sends must not keep us unwrapping. */
const MAX_DEPTH = 6;

export interface Unwrapped {
  /** The message inside all of its wrappers. */
  readonly inner: proto.IMessage;
  readonly isViewOnce: boolean;
}

export function unwrap(message: proto.IMessage): Unwrapped {
  let inner = message;
  let isViewOnce = false;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const wrapper = WRAPPERS.find((name) => inner[name]?.message);
    const next = wrapper && inner[wrapper]?.message;
    if (!next) break;
    isViewOnce ||= wrapper.startsWith("viewOnce");
    // The secret of a poll, or the album of a picture, may be told outside of the wrapper.
    const { messageContextInfo } = inner;
    inner = messageContextInfo ? { messageContextInfo, ...next } : next;
  }
  return { inner, isViewOnce };
}
