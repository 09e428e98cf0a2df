/** Tags that get a counter of their own; whatever else a client invents is counted as `in.other`. */
const KNOWN_TAGS = new Set([
  "ack",
  "call",
  "chatstate",
  "ib",
  "iq",
  "message",
  "notification",
  "presence",
  "receipt",
]);

const INITIAL = {
  connections: 0,
  refusedUpgrades: 0,
  junk: 0,
  pairings: 0,
  logins: 0,
  refusedLogins: 0,
  messagesAccepted: 0,
  messagesRejected: 0,
  mediaRetries: 0,
  messagesReceived: 0,
  duplicates: 0,
  unknownRecipients: 0,
  acks: 0,
  receipts: 0,
  lostReceipts: 0,
  retries: 0,
  undecryptable: 0,
  overflows: 0,
  uploads: 0,
  downloads: 0,
  refusedDownloads: 0,
};

export type StatName = keyof typeof INITIAL;

/** Counts since the start. The counted names are fixed, so that a hostile client cannot grow the table. */
export class Stats {
  readonly counts: Record<string, number> = { ...INITIAL };

  add(name: StatName): void {
    this.#add(name);
  }

  addStanza(tag: string): void {
    this.#add(`in.${KNOWN_TAGS.has(tag) ? tag : "other"}`);
  }

  #add(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}
