import { bareJid } from "../../../domain/address.ts";
import type { Call, CallStatus } from "../../../domain/call.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";
import { given } from "./names.ts";

/** What of a call is news to people. The rest (`transport`, `relaylatency`, …) is how its sound finds its way. */
const STATUS: ReadonlyMap<string, CallStatus> = new Map([
  ["offer", "OFFERED"],
  ["offer_notice", "OFFERED"],
  ["accept", "ACCEPTED"],
  ["reject", "REJECTED"],
  ["terminate", "ENDED"],
]);

/** Reads a `call` stanza; nothing when it says nothing that people would want to know. */
export async function callOf(
  { attrs, content }: BinaryNode,
  book: AddressBook,
): Promise<Call | undefined> {
  const child = Array.isArray(content) ? content[0] : undefined;
  const status = child && STATUS.get(child.tag);
  const id = child?.attrs["call-id"];
  if (child === undefined || status === undefined || !id || !attrs["from"]) return undefined;
  const {
    "call-creator": creator,
    caller_pn: pn,
    caller_lid: lid,
    "group-jid": group,
  } = child.attrs;
  const caller = given(creator ?? attrs["from"], pn, lid);
  const isOffer = status === "OFFERED";
  return {
    id,
    chat: await book.complete(group ? [group] : given(attrs["from"], pn, lid)),
    caller: await book.complete(caller),
    groupId: group ? bareJid(group) : null,
    isVideo: isOffer ? hasChild(child, "video") : null,
    status: child.attrs["reason"] === "timeout" ? "TIMED_OUT" : status,
  };
}

function hasChild({ content }: BinaryNode, tag: string): boolean {
  return Array.isArray(content) && content.some((child) => child.tag === tag);
}
