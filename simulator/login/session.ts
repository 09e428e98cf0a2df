import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Calls } from "../calls/calls.ts";
import type { Connection } from "../connection/connection.ts";
import type { Faults } from "../faults/faults.ts";
import type { AnswerQuery } from "../iq/queries.ts";
import type { CompanionMessages } from "../messages/companion-messages.ts";
import type { ClientHello } from "../noise/responder.ts";
import type { Presences } from "../presence/presences.ts";
import { deviceJid, SERVER } from "../protocol/jid.ts";
import { type BinaryNode, childNamed, iqError, iqResult, unixSeconds } from "../protocol/nodes.ts";
import type { CompanionReceipts } from "../receipts/companion-receipts.ts";
import type { Stats } from "../stats.ts";
import { conflict, failure } from "./goodbyes.ts";

/** The rooms that a logged-in device's stanzas go to. */
export interface SessionRooms {
  readonly accounts: Accounts;
  readonly messages: CompanionMessages;
  readonly receipts: CompanionReceipts;
  readonly presences: Presences;
  readonly calls: Calls;
  readonly answerQuery: AnswerQuery;
  readonly faults: Faults;
  readonly stats: Stats;
  /** Forgets a device that logged itself out. */
  readonly forget: (companion: Companion) => void;
  readonly onLogin: (companion: Companion) => void;
  readonly onError: (error: unknown) => void;
}

/** What WhatsApp answers to who asks too often. */
const TOO_MANY = 429;

/** A linked device that is online. */
export class Session {
  readonly phone: string;
  readonly #account: AccountState;
  readonly #companion: Companion;
  readonly #connection: Connection;
  readonly #rooms: SessionRooms;

  private constructor(
    account: AccountState,
    companion: Companion,
    connection: Connection,
    rooms: SessionRooms,
  ) {
    this.phone = account.phone;
    this.#account = account;
    this.#companion = companion;
    this.#connection = connection;
    this.#rooms = rooms;
  }

  /** Lets a device in that is linked and has the key it was linked with; anyone else is logged out. */
  static open(
    connection: Connection,
    { payload, staticKey }: ClientHello,
    rooms: SessionRooms,
  ): Session | undefined {
    const account = rooms.accounts.find(String(payload.username));
    const companion = account?.companion(payload.device ?? 0);
    if (account === undefined || companion?.noiseKey.equals(staticKey) !== true) {
      rooms.stats.add("refusedLogins");
      connection.bye(failure(401));
      return undefined;
    }
    const session = new Session(account, companion, connection, rooms);
    session.#logIn(versionOf(payload));
    return session;
  }

  accept(node: BinaryNode): void {
    const { tag, attrs } = node;
    this.#rooms.stats.addStanza(tag);
    if (tag === "message") this.#rooms.messages.accept(this.#account, this.#companion, node);
    else if (tag === "receipt") this.#rooms.receipts.accept(this.#account, this.#companion, node);
    else if (tag === "ack") this.#acknowledge(node);
    else if (tag === "call") this.#rooms.calls.accept(this.#account, this.#companion, node);
    else if (tag === "presence") {
      this.#rooms.presences.accept(this.#account, this.#companion, node);
    } else if (tag === "chatstate") this.#rooms.presences.acceptTyping(this.#account, node);
    else if (tag === "iq" && (attrs["type"] === "get" || attrs["type"] === "set")) {
      this.#answer(node);
    }
  }

  close(): void {
    if (this.#companion.connection !== this.#connection) return;
    this.#companion.detach(this.#connection);
    this.#rooms.presences.leave(this.#account, this.#companion);
  }

  /** Order matters: success, then what waited, then how much that was, which opens Baileys' events. */
  #logIn(version: string): void {
    const { address, outbox } = this.#companion;
    this.#companion.connection?.bye(conflict("replaced"));
    this.#companion.attach(this.#connection, version);
    this.#rooms.stats.add("logins");
    const lid = deviceJid(address, "lid");
    const t = String(unixSeconds());
    this.#connection.send({ tag: "success", attrs: { t, lid, props: "0" } });
    const waiting = outbox.nodes();
    for (const node of waiting) {
      this.#connection.send({ ...node, attrs: { ...node.attrs, offline: "0" } });
    }
    const offline = { tag: "offline", attrs: { count: String(waiting.length) } };
    this.#connection.send({ tag: "ib", attrs: { from: SERVER }, content: [offline] });
    this.#rooms.onLogin(this.#companion);
  }

  #acknowledge(ack: BinaryNode): void {
    if (this.#rooms.faults.take("loseReceipts", this.phone) !== undefined) {
      this.#rooms.stats.add("lostReceipts");
      return;
    }
    this.#rooms.stats.add("acks");
    this.#companion.outbox.acknowledge(ack);
  }

  #answer(iq: BinaryNode): void {
    if (childNamed(iq, "remove-companion-device") !== undefined) {
      this.#connection.send(iqResult(iq));
      this.#rooms.forget(this.#companion);
      return;
    }
    // Pings and app state come by themselves: a fault is for what was asked on purpose.
    const isOwnWill = !["w:p", "w:sync:app:state"].includes(iq.attrs["xmlns"] ?? "");
    const fault = isOwnWill ? this.#rooms.faults.take("queryError", this.phone) : undefined;
    if (fault !== undefined) {
      this.#connection.send(iqError(iq, fault.code ?? TOO_MANY, "rate-overlimit"));
      return;
    }
    const answer = this.#rooms.answerQuery(iq, this.#account, this.#companion);
    if (!(answer instanceof Promise)) this.#connection.send(answer);
    else answer.then((node) => this.#connection.send(node)).catch(this.#rooms.onError);
  }
}

function versionOf({ userAgent }: ClientHello["payload"]): string {
  const { primary, secondary, tertiary } = userAgent?.appVersion ?? {};
  return [primary, secondary, tertiary].join(".");
}
