import type { Address } from "../../../domain/address.ts";
import { bareJid, isGroup, isShared } from "../../../domain/address.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { Fact } from "../../engine.ts";
import type { BinaryNode } from "../library.ts";
import { isSelf } from "../translate/envelope.ts";
import { timeOf } from "../translate/names.ts";

type Receipt = Extract<Fact, { readonly kind: "receipt" }>;
type Read = Extract<Fact, { readonly kind: "read" }>;
type Ack = Extract<Fact, { readonly kind: "ack" }>;

/**
 * Receipts that say how far our message came. A receipt of type `inactive` is not among them: a
 * linked device that nobody looks at sends it, and WhatsApp's own clients do not show it.
 */
const STATUS: ReadonlyMap<string | undefined, Receipt["status"]> = new Map<
  string | undefined,
  Receipt["status"]
>([
  [undefined, "DELIVERED"],
  ["read", "READ"],
  ["played", "PLAYED"],
]);

/** Reads a `receipt` stanza; nothing when it is not about a message of ours on its way. */
export function receiptOf({ attrs, content }: BinaryNode): Receipt | undefined {
  const status = STATUS.get(attrs["type"]);
  const { id, from, participant, recipient } = attrs;
  // With a recipient it comes from another device of our own account.
  if (status === undefined || !id || !from || recipient !== undefined) return undefined;
  return {
    kind: "receipt",
    ids: [id, ...listed(content)] as MessageId[],
    chat: bareJid(from),
    participant: isShared(from) && participant ? bareJid(participant) : null,
    status,
    at: timeOf(attrs["t"]),
  };
}

/** Where a message goes to many, and each of them answers. */
/** `read-self` is what a user's devices tell each other who do not let others know what they have read. */
const READ_TYPES: ReadonlySet<string | undefined> = new Set(["read", "read-self"]);

/** Reads a `receipt` stanza by which another device of the account tells what was read there. */
export function readOf({ attrs, content }: BinaryNode, me: Address): Read | undefined {
  const { id, from, participant, recipient, type, t } = attrs;
  if (!READ_TYPES.has(type) || !id || !from || !isSelf(participant ?? from, me)) {
    return undefined;
  }
  const chat = isGroup(from) ? from : recipient;
  if (!chat) return undefined;
  const ids = [id, ...listed(content)] as MessageId[];
  return { kind: "read", chat: bareJid(chat), ids, at: timeOf(t) };
}

/** Reads the server's answer to a message of ours: it has it, or it refuses it with an error code. */
export function ackOf({ attrs }: BinaryNode): Ack | undefined {
  const { id, error, server_id: serverId = null } = attrs;
  if (!id) return undefined;
  return {
    kind: "ack",
    id: id as MessageId,
    at: timeOf(attrs["t"]),
    error: error === undefined ? null : Number(error) || 0,
    serverId,
  };
}

/** One receipt may speak for several messages: the first in its attributes, the others in a list. */
function listed(content: BinaryNode["content"]): readonly string[] {
  if (!Array.isArray(content)) return [];
  const [list] = content;
  if (list?.tag !== "list" || !Array.isArray(list.content)) return [];
  return list.content.flatMap(({ attrs }) => attrs["id"] ?? []);
}
