/** A message that a phone has from before. */
export interface PastMessage {
  readonly id: string;
  /** Phone number of who wrote it; the account's own for what it wrote itself. */
  readonly from: string;
  readonly text: string;
  /** In Unix seconds. */
  readonly at: number;
}

/** A chat that a phone has from before, its messages in any order. */
export interface PastChat {
  /** The phone number of the other side, or a group's JID. */
  readonly with: string;
  /** What a group is called. */
  readonly subject?: string;
  readonly unreadCount?: number;
  readonly messages: readonly PastMessage[];
}

/** What is on a phone from before, by chat, each newest first. */
export class Past {
  readonly #chats = new Map<string, PastChat>();
  /** What people call themselves, by phone number. */
  readonly names = new Map<string, string>();

  get chats(): readonly PastChat[] {
    return [...this.#chats.values()];
  }

  add(chat: PastChat): void {
    const messages = [...(this.#chats.get(chat.with)?.messages ?? []), ...chat.messages];
    const newestFirst = messages.toSorted((one, other) => other.at - one.at);
    this.#chats.set(chat.with, { ...chat, messages: newestFirst });
  }
}
