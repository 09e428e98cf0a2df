import type { Address } from "../domain/address.ts";
import { chatKindOf } from "../domain/chat.ts";
import { asError } from "../domain/errors.ts";
import type { Jid, MessageId } from "../domain/ids.ts";
import type { InstanceSettings } from "../domain/settings.ts";
import type { Connection, IncomingMessage, News } from "../engine/engine.ts";
import type { Call } from "../domain/call.ts";
import type { AccountNeeds } from "./account-needs.ts";
import type { AccountState } from "./account-state.ts";
import type { InstanceRecord } from "./records.ts";

/** As many messages go into one receipt. */
const MOST_IDS = 256;

/** Whether what is said there is left out. */
export function isIgnored(
  { settings }: Pick<InstanceRecord, "settings">,
  { chat }: { readonly chat: Address },
): boolean {
  switch (chatKindOf(chat.id)) {
    case "GROUP":
      return settings.ignoreGroups;
    case "STATUS":
      return settings.ignoreStatus;
    case "CHANNEL":
      return settings.ignoreChannels;
    case "DIRECT":
      return false;
  }
}

interface Unread {
  readonly chat: Jid;
  readonly sender: Jid | null;
  readonly ids: MessageId[];
}

/** What an account does by itself, as its settings have it. What fails is a line in the log: nobody waits for it. */
export class Habits {
  readonly #needs: Pick<AccountNeeds, "sendText" | "onRead" | "log">;
  readonly #state: Pick<AccountState, "record">;
  readonly #connection: () => Connection | undefined;
  readonly #unread = new Map<string, Unread>();
  #reading: Promise<void> | undefined;

  constructor(
    needs: Pick<AccountNeeds, "sendText" | "onRead" | "log">,
    state: Pick<AccountState, "record">,
    connection: () => Connection | undefined,
  ) {
    this.#needs = needs;
    this.#state = state;
    this.#connection = connection;
  }

  /** Once a message is stored it is read. */
  afterMessage(message: IncomingMessage, stored: Promise<void>): Promise<void> {
    const kind = chatKindOf(message.chat.id);
    const isRead = kind === "DIRECT" || kind === "GROUP";
    if (this.#settings.readMessages && isRead && !message.fromMe) {
      this.#after(stored, () => this.#read(message), "a message was not marked as read");
    }
    return stored;
  }

  /** Once a call is told it is refused. */
  afterNews({ event, whileOffline }: News, stored: Promise<void>): Promise<void> {
    if (event.type !== "call" || event.call.status !== "OFFERED" || whileOffline) return stored;
    const { call } = event;
    if (this.#settings.rejectCalls) {
      this.#after(stored, () => this.#reject(call), "a call was not refused");
    }
    return stored;
  }

  /** The settings are others than these now. */
  changed({ alwaysOnline }: InstanceSettings): void {
    if (alwaysOnline === this.#settings.alwaysOnline) return;
    if (alwaysOnline) this.#show("UNAVAILABLE");
    else this.#show("AVAILABLE");
  }

  /** It is connected, or WhatsApp has told its name, without which it is not shown. */
  showOnline(): void {
    if (this.#settings.alwaysOnline) this.#show("AVAILABLE");
  }

  get #settings(): InstanceSettings {
    return this.#state.record.settings;
  }

  #show(availability: "AVAILABLE" | "UNAVAILABLE"): void {
    const shown = async () => this.#connection()?.people.setAvailability(availability);
    this.#after(Promise.resolve(), shown, "the account was not shown as online");
  }

  async #reject({ id, caller, groupId }: Call): Promise<void> {
    await this.#connection()?.people.rejectCall(id);
    const { rejectCallsText: text } = this.#settings;
    if (text === null || groupId !== null) return;
    const { id: instance } = this.#state.record;
    await this.#needs.sendText(instance, caller.pn ?? caller.id, text, `call:${id}`);
  }

  async #read({ id, chat, sender }: IncomingMessage): Promise<void> {
    const from = chatKindOf(chat.id) === "GROUP" ? sender.id : null;
    const key = `${chat.id} ${from}`;
    const unread = this.#unread.get(key) ?? { chat: chat.id, sender: from, ids: [] };
    unread.ids.push(id);
    this.#unread.set(key, unread);
    await (this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined)));
  }

  /** One receipt after the other, each for what has come from one person meanwhile. */
  async #readAll(): Promise<void> {
    for (const [key, { chat, sender, ids }] of this.#unread) {
      this.#unread.delete(key);
      const connection = this.#connection();
      // What came at the end of a connection stays unread.
      if (!connection) continue;
      for (let from = 0; from < ids.length; from += MOST_IDS) {
        const some = ids.slice(from, from + MOST_IDS);
        await connection.people.mark({ chat, sender, ids: some, mark: "READ" });
        const read = { kind: "read", chat, ids: some, at: new Date() } as const;
        await this.#needs.onRead(this.#state.record, read);
      }
    }
  }

  #after(stored: Promise<void>, work: () => Promise<unknown>, failure: string): void {
    // Why it was not stored is told by those who wait for that.
    const done = stored.then(work, () => undefined);
    done.catch((error: unknown) => {
      this.#needs.log.info(failure, { error: asError(error).message });
    });
  }
}
