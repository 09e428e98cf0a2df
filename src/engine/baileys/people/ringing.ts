import type { Call } from "../../../domain/call.ts";
import { GatewayError } from "../../../domain/errors.ts";
import { BoundedMap } from "../../../lib/bounded-map.ts";
import type { BinaryNode } from "../library.ts";

/** A call that rings, with the creator as WhatsApp wrote it: a device's JID, by which it knows the call. */
interface Rings {
  readonly call: Call;
  readonly creator: string;
}

/** Nobody's phone rings with more calls at once; the oldest are forgotten first. */
const MOST_RINGING = 100;

/** The calls that ring at this moment. A new connection begins with none. */
export interface Ringing {
  observe(node: BinaryNode, call: Call): void;
  /** @throws GatewayError CALL_NOT_FOUND */
  get(id: string): Rings;
  forget(id: string): void;
}

export function createRinging(): Ringing {
  const calls = new BoundedMap<string, Rings>(MOST_RINGING);
  return {
    observe({ attrs, content }, call) {
      if (call.status !== "OFFERED") {
        calls.delete(call.id);
        return;
      }
      const [child] = Array.isArray(content) ? content : [];
      const creator = child?.attrs["call-creator"] ?? attrs["from"];
      // One that rang while nobody was here has ended by now.
      if (creator && attrs["offline"] === undefined) calls.set(call.id, { call, creator });
    },
    get(id) {
      const rings = calls.get(id);
      if (rings) return rings;
      throw new GatewayError(
        "CALL_NOT_FOUND",
        `No call "${id.slice(0, 80)}" rings: it has ended, or rang before the instance was connected.`,
        { callId: id.slice(0, 80) },
      );
    },
    forget: (id) => calls.delete(id),
  };
}
