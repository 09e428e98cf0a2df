import { randomBytes } from "node:crypto";
import type { AccountState } from "../accounts/account-state.ts";
import { SimulatorError } from "../errors.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";

/** How a call ends for those who did not take it: nobody answered, or the caller gave up. */
export type CallEnd = "timeout" | "hangup";

/** Calls that are ringing. Nobody rings ten thousand phones at once and forgets them all. */
const MAX_CALLS = 10_000;

interface Ringing {
  readonly caller: AccountState;
  readonly callee: AccountState;
}

/** Rings the linked devices of phones; nothing is ever said. */
export class Calls {
  readonly #ringing = new Map<string, Ringing>();

  /** @throws {SimulatorError} LIMIT_REACHED */
  ring(caller: AccountState, callee: AccountState, isVideo: boolean): string {
    if (this.#ringing.size >= MAX_CALLS) {
      throw new SimulatorError("LIMIT_REACHED", "too many calls are ringing");
    }
    const id = randomBytes(16).toString("hex").toUpperCase();
    this.#ringing.set(id, { caller, callee });
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
    const reason: Record<string, string> = how === "timeout" ? { reason: "timeout" } : {};
    tell(call, { tag: "terminate", attrs: { ...attrsOf(id, call.caller), ...reason } });
  }
}

function attrsOf(id: string, caller: AccountState): Record<string, string> {
  return {
    "call-id": id,
    "call-creator": caller.jid(caller.addressing),
    caller_pn: caller.jid("pn"),
  };
}

function tell({ caller, callee }: Ringing, child: BinaryNode): void {
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
  for (const companion of callee.companions) companion.deliver(stanza);
}
