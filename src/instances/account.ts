import { phoneOf } from "../domain/address.ts";
import type { CloseReason, Restriction } from "../domain/instance.ts";
import type { Close } from "../engine/close.ts";
import type { Connection, Fact } from "../engine/engine.ts";
import { Queue } from "../lib/queue.ts";
import type { InstanceSettings } from "../domain/settings.ts";
import type { AccountNeeds } from "./account-needs.ts";
import { AccountState } from "./account-state.ts";
import { Arrivals } from "./arrivals.ts";
import { Habits } from "./habits.ts";
import type { InstanceRecord, KeptProxy } from "./records.ts";
import { Retry } from "./retry.ts";

/** A link asks for one new socket; a server that asks for more is treated like one that fails. */
const RESTARTS = 2;

/** One WhatsApp account: its connection, and what happens when that changes. */
export class Account {
  readonly state: AccountState;
  /** One thing at a time is done with an account: a stop does not meet a start half-way. */
  readonly turn = new Queue();
  readonly #needs: AccountNeeds;
  readonly #retry: Retry;
  readonly #habits: Habits;
  readonly #arrivals: Arrivals;
  #connection: Connection | undefined;
  /** Why we end the connection, while we do. */
  #ending: CloseReason | undefined;
  #restarts = 0;
  /** It is newly linked, and what waited for an earlier link has not been given up yet. */
  #isUnready = false;

  constructor(needs: AccountNeeds, record: InstanceRecord) {
    this.#needs = { ...needs, log: needs.log.with({ instance: record.id }) };
    this.state = new AccountState(this.#needs, record);
    this.#habits = new Habits(this.#needs, this.state, () => this.openConnection);
    const { state } = this;
    // What could not be stored comes again with the next connection.
    const unstored = () => void this.replace("STORE_FAILED");
    this.#arrivals = new Arrivals({ needs: this.#needs, state, habits: this.#habits, unstored });
    this.#retry = new Retry({ ...this.#needs, state: this.state, open: () => this.#open() });
  }

  /** The connection that messages may be sent through. */
  get openConnection(): Connection | undefined {
    return this.state.record.status === "OPEN" && !this.#isUnready ? this.#connection : undefined;
  }

  /** The connection that waits to be linked. */
  get linkingConnection(): Connection | undefined {
    return this.state.record.status === "AWAITING_SCAN" ? this.#connection : undefined;
  }

  /** Begins to connect unless it is at it already. */
  async connect(): Promise<void> {
    if (this.#connection || this.#retry.isWaiting || this.state.isGone) return;
    const { record } = this.state;
    try {
      await this.state.catchUp();
      if (record.status !== "RECONNECTING") await this.state.become({ status: "CONNECTING" });
    } catch (err) {
      this.#needs.log.warn("the connection waits for the database", { err });
      this.#retry.later("STORE_FAILED");
      return;
    }
    this.#restarts = 0;
    this.#open();
  }

  /** After a start: connects unless somebody has decided otherwise meanwhile. */
  async resume(): Promise<void> {
    const { status } = this.state.record;
    if (status !== "STOPPED" && status !== "LOGGED_OUT") await this.connect();
  }

  /** Ends the connection for a reason of ours. Nothing happens when it is down already. */
  async disconnect(reason: CloseReason, unlink = false): Promise<void> {
    this.#retry.cancel();
    this.#ending = reason;
    if (unlink && this.state.record.status === "OPEN") await this.#connection?.logOut();
    await this.#connection?.close();
    this.#ending = undefined;
    await this.state.written();
  }

  /** A connection that cannot be trusted any more gives way to a new one. */
  async replace(reason: "TIMED_OUT" | "STORE_FAILED"): Promise<void> {
    if (!this.#connection || this.#ending !== undefined) return;
    this.#ending = reason;
    await this.#connection.close();
    this.#ending = undefined;
  }

  /** Stays down until started again. */
  async stop(): Promise<void> {
    await this.disconnect("STOPPED_BY_USER");
    if (this.state.record.status !== "LOGGED_OUT") await this.state.become({ status: "STOPPED" });
  }

  /** Unlinks at WhatsApp where it can be reached, and here in any case. */
  async logOut(): Promise<void> {
    await this.disconnect("LOGGED_OUT", true);
    if (this.state.record.status === "LOGGED_OUT") return;
    const message = "Logged out by a caller while there was no connection.";
    await this.#loggedOut({ code: null, reason: "LOGGED_OUT", reaction: "LOG_OUT", message });
  }

  /** The process that held it died while it was open: its users are told so, once. */
  async mourn(): Promise<void> {
    const message = "The gateway was stopped while this instance was connected.";
    await this.#closed({ code: null, reason: "GATEWAY_STOPPED", reaction: "RECONNECT", message });
  }

  /** Resolves once the attempt to connect has come to something, be it a failure. */
  async settled(): Promise<void> {
    while (this.#connection && ["CONNECTING", "RECONNECTING"].includes(this.state.record.status)) {
      await this.state.changed();
    }
  }

  #open(): void {
    const { engine, sessions, sentMessage, storedMessage } = this.#needs;
    const { id, epoch, settings, proxy } = this.state.record;
    this.#connection = engine.open({
      instanceId: id,
      state: sessions.of({ instanceId: id, epoch }),
      settings: { ...settings, proxy: proxy && proxy.url },
      report: (fact) => this.#hear(fact),
      sentMessage: (message) => sentMessage(id, message),
      storedMessage: (message) => storedMessage(id, message),
    });
  }

  /** Facts come in order, and each is written behind the ones before it. */
  #hear(fact: Fact): Promise<void> | void {
    const { state } = this;
    switch (fact.kind) {
      case "restriction":
        return state.track(this.restrict(fact.about, fact.restriction));
      case "profile-name":
        this.#habits.showOnline();
        return state.track(state.become({ profileName: fact.name }));
      case "qr": {
        const { text, expiresAt } = fact;
        state.showQr({ text, expiresAt });
        return state.track(
          state.become({ status: "AWAITING_SCAN" }, { type: "qr.update", text, expiresAt }),
        );
      }
      case "pairing-code": {
        const { code, expiresAt } = fact;
        state.showPairingCode({ code, expiresAt });
        return state.track(state.become({}, { type: "pairing.code", code, expiresAt }));
      }
      case "open":
        return this.#opened(fact);
      case "close":
        return this.#hearClose(fact.close);
      case "message":
      case "change":
      case "history":
      case "news":
      case "ack":
      case "receipt":
      case "read":
      case "app-state":
        return this.#arrivals.store(fact);
    }
  }

  /** @param proxy left out where it stays */
  async changeSettings(change: Partial<InstanceSettings>, proxy?: KeptProxy | null): Promise<void> {
    const { settings } = this.state.record;
    await this.state.become({
      settings: { ...settings, ...change },
      ...(proxy === undefined ? {} : { proxy }),
    });
    this.#habits.changed(settings);
  }

  /** WhatsApp restricts the account, or has lifted a restriction; each is told once. */
  async restrict(about: Restriction["kind"], restriction: Restriction | null): Promise<void> {
    const known = this.state.record.restriction;
    if (restriction ? known?.kind === about : known?.kind !== about) return;
    await this.state.become({ restriction }, { type: "instance.restricted", restriction });
  }

  #opened({ me, name }: Extract<Fact, { kind: "open" }>): void {
    const { state } = this;
    this.#retry.opened();
    state.hideLinking();
    const phoneNumber = phoneOf(me.pn ?? me.id);
    const { pn, lid } = me;
    const isNewLink = !state.isLinked;
    const linkedAt = state.record.linkedAt ?? new Date();
    const profileName = name ?? state.record.profileName;
    const change = { status: "OPEN", phoneNumber, pn, lid, linkedAt, profileName } as const;
    // What waited for an earlier link, which may have been another phone's, does not leave from this one.
    this.#isUnready = isNewLink;
    const opened = state.become(
      change,
      { type: "connection.open", phoneNumber },
      isNewLink ? (tx) => this.#needs.onUnlinked(tx, state.record) : undefined,
    );
    state.track(this.#letSend(opened));
  }

  async #letSend(opened: Promise<void>): Promise<void> {
    try {
      await opened;
    } catch (error) {
      void this.replace("STORE_FAILED");
      throw error;
    } finally {
      this.#isUnready = false;
    }
    this.#needs.onSendable(this.state.record.id);
    this.#habits.showOnline();
  }

  #hearClose(close: Close): void {
    const { reason, code, message } = close;
    this.#needs.log.info("connection closed", { reason, code, detail: message });
    this.#connection = undefined;
    this.state.hideLinking();
    this.#retry.closed();
    if (this.#ending === undefined) this.#react(close);
    else this.#ended(this.#ending, close);
  }

  /** An end of our own making. A stopping gateway tells nothing: it tells at its next start. */
  #ended(reason: CloseReason, close: Close): void {
    if (reason === "GATEWAY_STOPPED") return;
    if (reason === "LOGGED_OUT") {
      this.state.track(this.#loggedOut({ ...close, reason, reaction: "LOG_OUT" }));
      return;
    }
    if (reason === "STORE_FAILED" || reason === "TIMED_OUT") {
      this.#react({ ...close, reason, reaction: "RECONNECT" });
      return;
    }
    const reaction = reason === "RESTARTED_BY_USER" ? "RECONNECT" : "STOP";
    this.state.track(this.#closed({ ...close, reason, reaction }));
  }

  #react(close: Close): void {
    switch (close.reaction) {
      case "RESTART":
        // After linking WhatsApp asks for a new socket; nobody is told, because nothing was lost.
        if (!this.state.isLinked && this.#restarts < RESTARTS) {
          this.#restarts += 1;
          return this.#open();
        }
        this.state.track(this.#closed(close));
        this.#retry.later(close.reason);
        return;
      case "RECONNECT":
        this.state.track(this.#closed(close));
        this.#retry.later(close.reason);
        return;
      case "STOP":
        return this.state.track(this.#closed(close));
      case "LOG_OUT":
        this.#needs.log.warn("logged out by WhatsApp, credentials set aside", { code: close.code });
        return this.state.track(this.#loggedOut(close));
    }
  }

  /** One event per real outage: attempts that fail while it is down already are no news. */
  async #closed({ code, reason, message, reaction }: Close): Promise<void> {
    const { record, isLinked } = this.state;
    const willReconnect = reaction !== "STOP";
    const retrying = isLinked ? "RECONNECTING" : "CONNECTING";
    const lastDisconnect = { code, reason, message, at: new Date() };
    const isNews = record.status === "OPEN" || !willReconnect;
    await this.state.become(
      { status: willReconnect ? retrying : "STOPPED", lastDisconnect },
      isNews ? { type: "connection.close", code, reason, message, willReconnect } : undefined,
    );
  }

  async #loggedOut({ code, reason, message }: Close): Promise<void> {
    const lastDisconnect = { code, reason, message, at: new Date() };
    await this.state.become(
      { status: "LOGGED_OUT", lastDisconnect, linkedAt: null },
      { type: "connection.close", code, reason, message, willReconnect: false },
      async (tx) => {
        const { record } = this.state;
        await this.#needs.sessions.setAside(tx, record.id);
        await this.#needs.onUnlinked(tx, record);
      },
    );
  }
}
