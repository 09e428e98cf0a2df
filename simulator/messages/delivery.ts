import type { proto } from "@whiskeysockets/baileys";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Faults } from "../faults/faults.ts";
import type { MediaStore } from "../media/media-store.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import { deliveredReceipt } from "../receipts/receipt-stanza.ts";
import type { Stats } from "../stats.ts";
import { type Envelope, messageStanza } from "./envelope.ts";
import { HandsetInbox } from "./handset-inbox.ts";
import type { PhoneOutlets } from "./phone-sender.ts";
import { retryReceipt } from "./retries.ts";

/** The last mile: brings a message to one device and sends back what that device answers. */
export class Delivery implements PhoneOutlets {
  readonly #accounts: Accounts;
  readonly #faults: Faults;
  readonly #inbox: HandsetInbox;
  readonly #onError: (error: unknown) => void;

  constructor(
    accounts: Accounts,
    faults: Faults,
    media: MediaStore,
    stats: Stats,
    onError: (error: unknown) => void,
  ) {
    this.#accounts = accounts;
    this.#faults = faults;
    this.#onError = onError;
    this.#inbox = new HandsetInbox(media, stats, {
      delivered: (account, envelope) => this.#confirm(account, envelope),
      cannotDecrypt: (account, envelope) => this.#askAgain(account, envelope),
    });
  }

  toCompanion(companion: Companion, envelope: Envelope, content: readonly BinaryNode[]): void {
    const { phone } = companion.address;
    if (this.#isBlocked(phone, envelope)) return;
    const isRetry = content.some((node) => node.attrs["count"] !== undefined);
    const corrupt = !isRetry && this.#faults.take("undecryptable", phone) !== undefined;
    const sealed = corrupt ? content.map(corrupted) : content;
    companion.deliver(messageStanza(envelope, phone, sealed));
  }

  toHandset(account: AccountState, envelope: Envelope, message: proto.IMessage): void {
    if (this.#isBlocked(account.phone, envelope)) return;
    this.#inbox.takePlain(account, envelope, message).catch(this.#onError);
  }

  sealedToHandset(account: AccountState, envelope: Envelope, enc: readonly BinaryNode[]): void {
    if (this.#isBlocked(account.phone, envelope)) return;
    this.#inbox.takeSealed(account, envelope, enc).catch(this.#onError);
  }

  /** What somebody who is blocked writes goes nowhere, and nobody tells them; in groups it is shown. */
  #isBlocked(phone: string, { sender, chat }: Envelope): boolean {
    if (chat.kind === "group") return false;
    return this.#accounts.find(phone)?.profile.blocked.has(sender.phone) === true;
  }

  #askAgain(account: AccountState, envelope: Envelope): void {
    const { sender, id } = envelope;
    this.#accounts.find(sender.phone)?.askedAgain.add(id);
    this.#accounts.companion(sender)?.deliver(retryReceipt(account, envelope));
  }

  /** Every linked device of the sender learns that the message arrived, not only the one that sent it. */
  #confirm(account: AccountState, envelope: Envelope): void {
    const sender = this.#accounts.find(envelope.sender.phone);
    if (sender === undefined || sender.companions.length === 0) return;
    if (this.#faults.take("noDelivery", account.phone, sender.phone) !== undefined) return;
    const receipt = deliveredReceipt(envelope, account.phone);
    for (const companion of sender.companions) companion.deliver(receipt);
  }
}

/** The same stanza with the end of its ciphertext flipped, where the MAC or the signature is. */
function corrupted(node: BinaryNode): BinaryNode {
  if (node.tag !== "enc" || !(node.content instanceof Uint8Array)) return node;
  const content = Buffer.from(node.content);
  content.writeUInt8(content.readUInt8(content.length - 1) ^ 0xff, content.length - 1);
  return { ...node, content };
}
