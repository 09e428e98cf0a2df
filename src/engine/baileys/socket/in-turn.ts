import { Queue } from "../../../lib/queue.ts";
import type { BinaryNode, WASocket } from "../library.ts";
import type { Hold } from "./hold.ts";

type Listener = (node: BinaryNode) => unknown;

export interface Turns {
  /** Whether the message that is being handled had waited at WhatsApp. */
  readonly waited: boolean;
  /** Resolves when the messages that have come until now are handled. */
  settled(): Promise<void>;
}

export interface TurnsNeeds extends Hold {
  readonly badFrame: (error: unknown) => void;
}

/**
 * Has messages handled one after the other, in the order of the wire. Baileys puts those that waited
 * at WhatsApp into a queue and handles a live one at once, so after an outage live ones overtake the
 * others: a chat is out of order, and a group's message comes before the key to it. It does not see
 * which had waited, so all are live to it.
 *
 * What is not encrypted, and so never comes to the inbox, is stored here before Baileys confirms it.
 *
 * The queue is as long as what WhatsApp has sent and we have not confirmed.
 */
export function takeInTurn(ws: WASocket["ws"], needs: TurnsNeeds): Turns {
  const handlers = ws.listeners("CB:message") as Listener[];
  ws.removeAllListeners("CB:message");
  const queue = new Queue();
  let waited = false;

  async function handle(node: BinaryNode): Promise<void> {
    try {
      await needs.store(node);
    } catch (error) {
      needs.failed(error);
      return;
    }
    // Without its receipt it comes again at the next login.
    if (!ws.isOpen || needs.isOver()) return;
    const { offline, ...attrs } = node.attrs;
    waited = offline !== undefined;
    for (const handler of handlers) await handler({ ...node, attrs });
  }
  ws.on("CB:message", (node: BinaryNode) => {
    queue.run(() => handle(node)).catch(needs.badFrame);
  });
  return {
    get waited() {
      return waited;
    },
    settled: () => queue.run(() => Promise.resolve()),
  };
}
