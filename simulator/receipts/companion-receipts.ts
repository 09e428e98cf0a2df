import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import { listedIds } from "../accounts/outbox.ts";
import type { Chat } from "../accounts/handset.ts";
import type { Faults } from "../faults/faults.ts";
import type { MediaStore } from "../media/media-store.ts";
import type { Delivery } from "../messages/delivery.ts";
import { receiptOrigin } from "../messages/envelope.ts";
import { resend } from "../messages/retries.ts";
import { addressingOf, isGroupJid, parseDevice } from "../protocol/jid.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import type { Stats } from "../stats.ts";
import { answerMediaRetry } from "./media-retry.ts";
import type { ReceiptType } from "./receipt-log.ts";
import { receiptStanza } from "./receipt-stanza.ts";

/** Receipts of linked devices: they empty the device's outbox and are told to the sender. */
export class CompanionReceipts {
  readonly #accounts: Accounts;
  readonly #delivery: Delivery;
  readonly #faults: Faults;
  readonly #media: MediaStore;
  readonly #stats: Stats;
  readonly #onError: (error: unknown) => void;

  constructor(
    accounts: Accounts,
    delivery: Delivery,
    faults: Faults,
    media: MediaStore,
    stats: Stats,
    onError: (error: unknown) => void,
  ) {
    this.#accounts = accounts;
    this.#delivery = delivery;
    this.#faults = faults;
    this.#media = media;
    this.#stats = stats;
    this.#onError = onError;
  }

  accept(account: AccountState, companion: Companion, receipt: BinaryNode): void {
    const isLost = this.#faults.take("loseReceipts", account.phone) !== undefined;
    // For what the account's own phone has told its device; it is no message of a chat.
    if (receipt.attrs["type"] === "peer_msg") {
      if (!isLost) companion.outbox.confirm(receipt);
      return;
    }
    this.#stats.add(isLost ? "lostReceipts" : "receipts");
    if (isLost) return;
    if (receipt.attrs["type"] === "retry") {
      this.#stats.add("retries");
      this.#retry(account, companion, receipt);
      return;
    }
    if (receipt.attrs["type"] === "server-error") {
      this.#stats.add("mediaRetries");
      this.#answerMediaRetry(account, companion, receipt);
      return;
    }
    companion.outbox.confirm(receipt);
    this.#tellSender(account, receipt);
  }

  #answerMediaRetry(account: AccountState, companion: Companion, receipt: BinaryNode): void {
    try {
      answerMediaRetry(account, companion, receipt, this.#media);
    } catch (error) {
      this.#onError(error);
    }
  }

  #tellSender(account: AccountState, receipt: BinaryNode): void {
    const type = typeOf(receipt.attrs["type"]);
    const sender = this.#accounts.byJid(receipt.attrs["participant"] ?? receipt.attrs["to"]);
    if (type === undefined || sender === undefined || sender === account) return;
    const ids = [receipt.attrs["id"] ?? "", ...listedIds(receipt)];
    const chat = chatOf(receipt, sender.phone);
    sender.receipts.add({
      from: account.phone,
      chat: chat.kind === "group" ? chat.jid : account.phone,
      ids,
      type,
    });
    // The phone of this account has already told the sender that the message is delivered.
    if (type === "delivered") return;
    const addressing = addressingOf(receipt.attrs["participant"] ?? receipt.attrs["to"]);
    const about = { chat, addressing, sender: { phone: sender.phone, device: 0 } };
    const stanza = receiptStanza(about, account.phone, ids, type);
    for (const device of sender.companions) device.deliver(stanza);
  }

  /** Passes a retry on to the device that sent the message: a phone sends it again by itself. */
  #retry(account: AccountState, companion: Companion, receipt: BinaryNode): void {
    const { id = "", participant, to } = receipt.attrs;
    const address = parseDevice(participant ?? to);
    const sender = address === undefined ? undefined : this.#accounts.find(address.phone);
    if (address === undefined || sender === undefined) return;
    if (address.device === 0) {
      resend(sender, companion, receipt, (envelope, content) =>
        this.#delivery.toCompanion(companion, envelope, content),
      ).catch(this.#onError);
      return;
    }
    sender.askedAgain.add(id);
    const addressing = addressingOf(participant ?? to);
    const chat = chatOf(receipt, account.phone);
    const origin = receiptOrigin({ chat, addressing, sender: address }, companion.address);
    const attrs = { ...origin, id, type: "retry", t: String(unixSeconds()) };
    const { content = [] } = receipt;
    sender.companion(address.device)?.deliver({ tag: "receipt", attrs, content });
  }
}

/** A device that is not in the foreground says "inactive" instead of nothing. */
function typeOf(type: string | undefined): ReceiptType | undefined {
  if (type === undefined || type === "inactive") return "delivered";
  return type === "read" || type === "played" ? type : undefined;
}

function chatOf({ attrs }: BinaryNode, direct: string): Chat {
  const { to, recipient } = attrs;
  if (isGroupJid(to)) return { kind: "group", jid: to };
  return { kind: "direct", phone: parseDevice(recipient)?.phone ?? direct };
}
