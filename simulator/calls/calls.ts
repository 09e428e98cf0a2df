import { randomBytes } from "node:crypto";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { SimulatorError } from "../errors.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";

/** How a call ends for those who did not take it: nobody answered, or the caller gave up. */
export type CallEnd = "timeout" | "hangup";

/** A call as the phone that placed it shows it. */
export interface PlacedCall {
  readonly id: string;
  /** Phone number of who was called. */
  readonly to: string;
  readonly state: "ringing" | "rejected" | CallEnd;
}

/** What a phone's list of calls shows. */
const MAX_PLACED = 100;

/** Calls that are ringing. Nobody rings ten thousand phones at once and forgets them all. */
const MAX_CALLS = 10_000;

interface Ringing {
  readonly caller: AccountState;
  readonly callee: AccountState;
}

/** Rings the linked devices of phones; nothing is ever said. */
export class Calls {
  readonly #ringing = new Map<string, Ringing>();
  readonly #placed = new Map<AccountState, PlacedCall[]>();

  /** @throws {SimulatorError} LIMIT_REACHED */
  ring(caller: AccountState, callee: AccountState, isVideo: boolean): string {
    if (this.#ringing.size >= MAX_CALLS) {
      throw new SimulatorError("LIMIT_REACHED", "too many calls are ringing");
    }
    const id = randomBytes(16).toString("hex").toUpperCase();
    this.#ringing.set(id, { caller, callee });
    this.#note(caller, { id, to: callee.phone, state: "ringing" });
    const kinds = ["audio", ...(isVideo ? ["video"] : [])];
    const content = kinds.map((tag) => ({ tag, attrs: { enc: "opus" } }));
    tell({ caller, callee }, { tag: "offer", attrs: attrsOf(id, caller), content });
    return id;
  }

  /** @throws {SimulatorError} CALL_NOT_FOUND */
  end(id: string, how: CallEnd): void {
    const call = this.#ringing.get(id);
    if (call === undefined) throw new SimulatorError("CALL_NOT_FOUND", `no call ${id} is ringing`);
    this.#ringing.delete(id);
    this.#note(call.caller, { id, to: call.callee.phone, state: how });
    const reason: Record<string, string> = how === "timeout" ? { reason: "timeout" } : {};
    tell(call, { tag: "terminate", attrs: { ...attrsOf(id, call.caller), ...reason } });
  }

  /**
   * A linked device says something of a call. What it refuses stops to ring on the others and at the caller's,
   * if it names the call as it was offered: by its id and the device that made it.
   */
  accept(callee: AccountState, companion: Companion, { attrs, content }: BinaryNode): void {
    const { id, to } = attrs;
    const ack = { class: "call", from: to ?? "", ...(id === undefined ? {} : { id }) };
    companion.connection?.send({ tag: "ack", attrs: ack });
    const [child] = Array.isArray(content) ? content : [];
    const callId = child?.attrs["call-id"] ?? "";
    const call = this.#ringing.get(callId);
    if (child?.tag !== "reject" || call?.callee !== callee) return;
    const creator = call.caller.jid(call.caller.addressing);
    if (child.attrs["call-creator"] !== creator || to !== creator) return;
    this.#ringing.delete(callId);
    this.#note(call.caller, { id: callId, to: callee.phone, state: "rejected" });
    tell(call, { tag: "reject", attrs: attrsOf(callId, call.caller) }, companion);
  }

  /** Newest last. */
  placedBy(caller: AccountState): readonly PlacedCall[] {
    return this.#placed.get(caller) ?? [];
  }

  #note(caller: AccountState, call: PlacedCall): void {
    const others = this.placedBy(caller).filter(({ id }) => id !== call.id);
    this.#placed.set(caller, [...others, call].slice(-MAX_PLACED));
  }
}

function attrsOf(id: string, caller: AccountState): Record<string, string> {
  return {
    "call-id": id,
    "call-creator": caller.jid(caller.addressing),
    caller_pn: caller.jid("pn"),
  };
}

function tell({ caller, callee }: Ringing, child: BinaryNode, besides?: Companion): void {
  const stanza = {
    tag: "call",
    attrs: {
      from: caller.jid(caller.addressing),
      id: makeStanzaId(),
      t: String(unixSeconds()),
      notify: caller.name,
    },
    content: [child],
  };
  for (const companion of callee.companions) {
    if (companion !== besides) companion.deliver(stanza);
  }
}
