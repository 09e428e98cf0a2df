import type { News } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { rawStanza } from "../inbox/raw-stanza.ts";
import { callOf } from "./call.ts";
import { channelNewsOf } from "./channel-news.ts";
import { groupNewsOf } from "./group.ts";
import { timeOf } from "./names.ts";

/** What a stanza tells that is no message: a call, a change of a group or a channel. Nothing for what only devices care about. */
export async function newsOf(node: BinaryNode, book: AddressBook): Promise<News | undefined> {
  const event = await eventOf(node, book);
  if (event === undefined) return undefined;
  const { t, offline } = node.attrs;
  const whileOffline = offline !== undefined;
  return { kind: "news", event, at: timeOf(t), whileOffline, stanza: rawStanza(node) };
}

async function eventOf(node: BinaryNode, book: AddressBook): Promise<News["event"] | undefined> {
  if (node.tag !== "call") return channelNewsOf(node) ?? groupNewsOf(node, book);
  const call = await callOf(node, book);
  return call && { type: "call", call };
}
