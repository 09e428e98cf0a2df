import { type Address, addressOf } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { WASocket } from "./library.ts";

/** Asks who has this number. The JID that WhatsApp answers may be another variant of the number. */
export async function lookUpPhone(socket: WASocket, phone: string): Promise<Address | undefined> {
  const answer = await socket.onWhatsApp(phone);
  // Baileys makes nothing of a question that was not answered in time.
  if (answer === undefined) {
    throw new GatewayError("UNAVAILABLE", "WhatsApp did not say in time who has this number.");
  }
  const found = answer.find(({ exists }) => exists);
  if (found === undefined) return undefined;
  const lid = await socket.signalRepository.lidMapping.getLIDForPN(found.jid);
  return addressOf(found.jid, lid);
}
