import { proto, unpadRandomMax16 } from "@whiskeysockets/baileys";
import type { AccountState } from "../accounts/account-state.ts";
import type { MediaStore } from "../media/media-store.ts";
import { deviceJid } from "../protocol/jid.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import type { Stats } from "../stats.ts";
import { describeAnswer } from "./answers.ts";
import { ByteBudget } from "./byte-budget.ts";
import { describe } from "./describe.ts";
import type { Envelope } from "./envelope.ts";

/** Decrypted media of all phones together; what it holds beyond that is still on the media server. */
const MAX_MEDIA_BYTES = 256 * 1024 * 1024;

/** What a phone does with a message that reached it. */
export interface HandsetReplies {
  delivered(account: AccountState, envelope: Envelope): void;
  cannotDecrypt(account: AccountState, envelope: Envelope): void;
}

/** Decrypts what arrives at phones, shows it once, and answers the sender. */
export class HandsetInbox {
  readonly #media: MediaStore;
  readonly #stats: Stats;
  readonly #replies: HandsetReplies;
  readonly #budget = new ByteBudget(MAX_MEDIA_BYTES);

  constructor(media: MediaStore, stats: Stats, replies: HandsetReplies) {
    this.#media = media;
    this.#stats = stats;
    this.#replies = replies;
  }

  /** Takes ciphertext from a linked device. */
  async takeSealed(
    account: AccountState,
    envelope: Envelope,
    enc: readonly BinaryNode[],
  ): Promise<void> {
    await account.handset.exclusive(async () => {
      let message: proto.IMessage;
      try {
        message = await decrypt(account, envelope, enc);
      } catch {
        this.#stats.add("undecryptable");
        this.#replies.cannotDecrypt(account, envelope);
        return;
      }
      await this.#show(account, envelope, message);
    });
  }

  /** Takes a message from another phone: nobody sees the wire between two simulated phones. */
  async takePlain(
    account: AccountState,
    envelope: Envelope,
    message: proto.IMessage,
  ): Promise<void> {
    await account.handset.exclusive(async () => this.#show(account, envelope, message));
  }

  async #show(account: AccountState, envelope: Envelope, message: proto.IMessage): Promise<void> {
    const { id, sender, addressing, sentAt } = envelope;
    const isOwn = sender.phone === account.phone;
    const other = isOwn && envelope.chat.kind === "direct" ? envelope.chat.phone : sender.phone;
    const chat = envelope.chat.kind === "group" ? envelope.chat.jid : other;
    account.handset.files.keep(chat, id, message.deviceSentMessage?.message ?? message);
    if (isOwn) return;
    const description =
      describeAnswer(account, envelope, message) ?? (await describe(message, this.#media));
    if (description === undefined) return;
    if (!account.received.has(sender.phone, chat, id)) {
      const to = envelope.chat.kind === "group" ? chat : account.phone;
      const shown = { id, from: sender.phone, to, chat, timestamp: sentAt, ...description };
      account.received.add(shown, addressing);
      this.#stats.add("messagesReceived");
      const size = shown.bytes?.length;
      if (size !== undefined) this.#budget.keep(size, () => account.received.dropBytes(shown));
    }
    this.#replies.delivered(account, envelope);
  }
}

/** Reads all parts of a message: a group's first one brings the sender key before the text. */
async function decrypt(
  account: AccountState,
  { sender, chat }: Envelope,
  enc: readonly BinaryNode[],
): Promise<proto.IMessage> {
  const { signal } = account.handset;
  const author = deviceJid(sender, "lid");
  const whole: proto.IMessage = {};
  for (const { attrs, content } of enc) {
    if (!(content instanceof Uint8Array)) throw new Error("<enc> without bytes");
    const padded =
      attrs["type"] === "skmsg" && chat.kind === "group"
        ? await signal.decryptFromGroup(chat.jid, author, content)
        : await signal.decrypt(author, attrs["type"] === "pkmsg" ? "pkmsg" : "msg", content);
    const part = proto.Message.decode(unpadRandomMax16(padded));
    const senderKey = part.senderKeyDistributionMessage;
    if (senderKey) await signal.learnSenderKey(author, senderKey);
    Object.assign(whole, part);
  }
  return whole;
}
