import type { BinaryNode, WASocket } from "../library.ts";

type Listener = (node: BinaryNode) => unknown;

export interface Hold {
  /** Resolves when what the stanza says is durable. */
  readonly store: (node: BinaryNode) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly isOver: () => boolean;
}

/**
 * Baileys confirms a receipt, a notification or a call as soon as its own listener has run, and then
 * WhatsApp forgets it: after a crash in between a message would be DELIVERED for ever that was read, and
 * nobody would hear of the call. So that listener runs only once the stanza is stored; one that is not
 * stays with WhatsApp and comes again.
 */
export function holdUntilStored(ws: WASocket["ws"], tag: string, hold: Hold): void {
  const event = `CB:${tag}`;
  const confirm = ws.listeners(event) as Listener[];
  ws.removeAllListeners(event);
  const take = async (node: BinaryNode): Promise<void> => {
    try {
      await hold.store(node);
    } catch (error) {
      hold.failed(error);
      return;
    }
    // What comes while we say goodbye is stored by nobody any more.
    if (hold.isOver()) return;
    for (const listener of confirm) await listener(node);
  };
  ws.on(event, (node: BinaryNode) => void take(node));
}
