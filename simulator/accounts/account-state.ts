import { AppState } from "../appstate/phone-state.ts";
import { SimulatorError } from "../errors.ts";
import { Past } from "../history/past.ts";
import { ReceivedLog } from "../messages/received-log.ts";
import { RecentIds } from "../messages/recent-ids.ts";
import { PresenceLog } from "../presence/presence-log.ts";
import { Profile } from "../profiles/profile.ts";
import { type Addressing, accountJid, type UserJid } from "../protocol/jid.ts";
import { ReceiptLog } from "../receipts/receipt-log.ts";
import { Companion, type CompanionKeys } from "./companion.ts";
import { Handset } from "./handset.ts";

/** WhatsApp allows four linked devices; campaigns that lose credentials on purpose link more often. */
const MAX_COMPANIONS = 32;
/** Baileys takes device 99 for a hosted one and refuses it. */
const MAX_DEVICE = 98;

/** A phone number on this WhatsApp: its phone and its linked devices. */
export class AccountState {
  readonly phone: string;
  name: string;
  readonly addressing: Addressing;
  readonly handset = new Handset();
  /** What is on the phone from before this simulator. */
  readonly past = new Past();
  readonly profile = new Profile();
  readonly appState = new AppState();
  readonly received = new ReceivedLog();
  readonly receipts = new ReceiptLog();
  /** What this phone sees of others who type. */
  readonly typing = new PresenceLog();
  /** What others may see of it; without `lastSeen` it hides that. */
  online: { readonly isAvailable: boolean; readonly lastSeen: number | undefined } = {
    isAvailable: false,
    lastSeen: undefined,
  };
  /** Ids of messages that the server accepted from the linked devices. */
  readonly accepted = new RecentIds();
  /** Those of them that a recipient could not read and asked for again. */
  readonly askedAgain = new RecentIds();
  readonly #companions = new Map<number, Companion>();
  readonly #onOverflow: () => void;
  #lastDevice = 0;

  constructor(phone: string, name: string, addressing: Addressing, onOverflow: () => void) {
    this.phone = phone;
    this.name = name;
    this.addressing = addressing;
    this.#onOverflow = onOverflow;
  }

  get companions(): readonly Companion[] {
    return [...this.#companions.values()];
  }

  jid(addressing: Addressing): UserJid {
    return accountJid(this.phone, addressing);
  }

  companion(device: number): Companion | undefined {
    return this.#companions.get(device);
  }

  /** The number the next linked device gets; a used one comes back only when all others were used. */
  reserveDevice(): number {
    if (this.#companions.size >= MAX_COMPANIONS) {
      throw new SimulatorError("LIMIT_REACHED", `${this.phone} has ${MAX_COMPANIONS} devices`);
    }
    do {
      this.#lastDevice = (this.#lastDevice % MAX_DEVICE) + 1;
    } while (this.#companions.has(this.#lastDevice));
    return this.#lastDevice;
  }

  addCompanion(device: number, keys: CompanionKeys): Companion {
    const address = { phone: this.phone, device };
    const companion = new Companion(address, keys, this.#onOverflow);
    this.#companions.set(device, companion);
    return companion;
  }

  removeCompanion(device: number): void {
    this.#companions.delete(device);
  }
}
