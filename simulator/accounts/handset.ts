import type { proto } from "@whiskeysockets/baileys";
import type { Addressing, SharedJid } from "../protocol/jid.ts";
import { PhoneFiles } from "./phone-files.ts";
import { SignalDevice } from "../signal/signal-device.ts";

/** A retry asks for a message seconds after it was sent; the newest 20,000 cover every burst we aim at. */
const MAX_SENT = 20_000;

/** A message as this phone sent it, kept in clear so that a device which cannot read it may ask again. */
export interface SentMessage {
  readonly id: string;
  readonly message: proto.IMessage;
  readonly chat: Chat;
  readonly addressing: Addressing;
  readonly kind: string;
  readonly edit?: string;
  readonly sentAt: number;
}

export type Chat =
  | { readonly kind: "direct"; readonly phone: string }
  | { readonly kind: "group"; readonly jid: SharedJid };

/** Device 0 of an account: the phone, with real keys, real sessions and a memory of what it sent. */
export class Handset {
  readonly signal = new SignalDevice();
  readonly files = new PhoneFiles();
  readonly #sent = new Map<string, SentMessage>();
  /** Devices that hold this phone's sender key, per group: they need no second copy of it. */
  readonly #keyHolders = new Map<string, Set<string>>();
  #turn: Promise<unknown> = Promise.resolve();

  /** One thing at a time: a Signal session must not be used by two at once. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  remember(sent: SentMessage): void {
    const { chat, id, message } = sent;
    this.files.keep(chat.kind === "group" ? chat.jid : chat.phone, id, message);
    this.#sent.set(sent.id, sent);
    if (this.#sent.size <= MAX_SENT) return;
    const oldest = this.#sent.keys().next().value;
    if (oldest !== undefined) this.#sent.delete(oldest);
  }

  sent(id: string): SentMessage | undefined {
    return this.#sent.get(id);
  }

  keyHolders(group: SharedJid): Set<string> {
    const holders = this.#keyHolders.get(group) ?? new Set();
    this.#keyHolders.set(group, holders);
    return holders;
  }

  /** The device's session is new (or gone): every group's sender key has to be handed to it again. */
  forgetKeyHolder(device: string): void {
    for (const holders of this.#keyHolders.values()) holders.delete(device);
  }
}
