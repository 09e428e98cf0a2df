import type { Presence, PresenceNews } from "../../../domain/presence.ts";
import { isChannel } from "../../../domain/address.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { authorOf, given } from "../translate/names.ts";
import { instant } from "../translate/numbers.ts";

/** Reads a `presence` or a `chatstate`; nothing when it says nothing that people would want to know. */
export async function presenceOf(
  node: BinaryNode,
  book: AddressBook,
): Promise<PresenceNews | undefined> {
  const { from, last } = node.attrs;
  const presence = node.tag === "presence" ? availabilityOf(node) : typingOf(node);
  if (!from || presence === undefined || isChannel(from)) return undefined;
  const chat = await book.complete(given(from));
  const author = authorOf(node.attrs);
  const contact = author.length === 0 ? chat : await book.complete(author);
  const lastSeen = presence === "UNAVAILABLE" ? (instant(last) ?? null) : null;
  return { type: "presence.update", chat, contact, presence, lastSeen };
}

function availabilityOf({ attrs }: BinaryNode): Presence | undefined {
  const { type = "available" } = attrs;
  if (type === "available") return "AVAILABLE";
  return type === "unavailable" ? "UNAVAILABLE" : undefined;
}

function typingOf({ content }: BinaryNode): Presence | undefined {
  const child = Array.isArray(content) ? content[0] : undefined;
  if (child?.tag === "paused") return "PAUSED";
  if (child?.tag !== "composing") return undefined;
  return child.attrs["media"] === "audio" ? "RECORDING" : "COMPOSING";
}
