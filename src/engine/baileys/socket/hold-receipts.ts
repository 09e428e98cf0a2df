import type { BinaryNode, WASocket } from "../library.ts";

type Listener = (node: BinaryNode) => unknown;

/**
 * Baileys confirms a receipt as soon as its own listener has run, and then WhatsApp forgets it: a
 * crash before it is stored would leave a message DELIVERED for ever that was read. So that listener
 * runs only once the receipt is durable; one that is not stays with WhatsApp and comes again.
 */
export function holdReceipts(
  ws: WASocket["ws"],
  store: (node: BinaryNode) => Promise<void>,
  failed: (error: unknown) => void,
): void {
  const confirm = ws.listeners("CB:receipt") as Listener[];
  ws.removeAllListeners("CB:receipt");
  const hold = async (node: BinaryNode): Promise<void> => {
    try {
      await store(node);
    } catch (error) {
      failed(error);
      return;
    }
    for (const listener of confirm) await listener(node);
  };
  ws.on("CB:receipt", (node: BinaryNode) => void hold(node));
}
