import { type BinaryNode, childNamed, childrenNamed } from "../protocol/nodes.ts";
import { canonical } from "../protocol/jid.ts";

/**
 * Stanzas that wait for one device. WhatsApp keeps them for weeks; 50,000 is more than any test
 * leaves unanswered and bounds a device that never comes back (about 25 MB of short texts).
 */
const MAX_STANZAS = 50_000;

/** What is delivered but not yet confirmed, in order: it comes again, byte for byte, at the next login. */
export class Outbox {
  readonly #stanzas = new Map<number, { readonly key: string; readonly node: BinaryNode }>();
  readonly #byKey = new Map<string, number[]>();
  readonly #onOverflow: () => void;
  #next = 0;

  constructor(onOverflow: () => void) {
    this.#onOverflow = onOverflow;
  }

  get size(): number {
    return this.#stanzas.size;
  }

  nodes(): readonly BinaryNode[] {
    return [...this.#stanzas.values()].map(({ node }) => node);
  }

  add(node: BinaryNode): void {
    const key = stanzaKey(node.tag, node.attrs, "from");
    const position = this.#next++;
    this.#stanzas.set(position, { key, node });
    const positions = this.#byKey.get(key);
    if (positions === undefined) this.#byKey.set(key, [position]);
    else positions.push(position);
    if (this.#stanzas.size > MAX_STANZAS) this.#dropOldest();
  }

  /** An `ack` of the device: it has handled (or refused) the stanza it names. */
  acknowledge(ack: BinaryNode): void {
    this.#release(stanzaKey(ack.attrs["class"] ?? "", ack.attrs, "to"));
  }

  /** A receipt of the device confirms the messages it lists. */
  confirm(receipt: BinaryNode): void {
    const { id, ...attrs } = receipt.attrs;
    for (const messageId of [id, ...listedIds(receipt)]) {
      this.#release(stanzaKey("message", { ...attrs, id: messageId ?? "" }, "to"));
    }
  }

  /** Confirms the oldest copy only: a message that was asked for again waits a second time. */
  #release(key: string): void {
    const positions = this.#byKey.get(key);
    const position = positions?.shift();
    if (positions === undefined || position === undefined) return;
    this.#stanzas.delete(position);
    if (positions.length === 0) this.#byKey.delete(key);
  }

  #dropOldest(): void {
    const oldest = this.#stanzas.values().next().value;
    if (oldest !== undefined) this.#release(oldest.key);
    this.#onOverflow();
  }
}

/** Ids after the first one of a receipt that confirms several messages. */
export function listedIds(receipt: BinaryNode): readonly string[] {
  return childrenNamed(childNamed(receipt, "list"), "item").map((item) => item.attrs["id"] ?? "");
}

/** Accounts are compared by phone, since a device may answer a PN-addressed stanza by LID. */
function stanzaKey(
  kind: string,
  attrs: Readonly<Record<string, string>>,
  counterparty: "from" | "to",
): string {
  const chat = canonical(attrs["recipient"] ?? attrs[counterparty]);
  const participant = canonical(attrs["participant"]);
  // The type of a receipt tells "delivered" from "read"; a message's type is not repeated by receipts.
  const type = kind === "message" ? "" : (attrs["type"] ?? "");
  return [
    kind,
    attrs["id"],
    chat,
    kind === "message" && !chat.endsWith("@g.us") ? "" : participant,
    type,
  ].join("|");
}
