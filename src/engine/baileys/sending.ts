import { bareJid, isGroup, isLid } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Jid, MessageId } from "../../domain/ids.ts";
import { proto, type WASocket } from "./library.ts";
import { markingsOf } from "./outgoing/change.ts";
import { sendFailure } from "./unsendable.ts";

/**
 * Writes one message to the socket. Without the check, a number that has no devices, or whose
 * devices WhatsApp did not tell in time, would make a message that is sent to nobody and still
 * gets an ack.
 * @throws GatewayError NOT_ON_WHATSAPP when there is no device to send to, INVALID_RECIPIENT when there is no such group;
 *   Unsendable when it is the message that cannot be sent
 */
export async function relay(
  socket: WASocket,
  id: MessageId,
  to: Jid,
  prepared: Uint8Array,
): Promise<void> {
  try {
    if (!isGroup(to)) await expectDevices(socket, to);
    const message = proto.Message.decode(prepared);
    await socket.relayMessage(to, message, { messageId: id, ...markingsOf(message) });
  } catch (error) {
    throw sendFailure(error, isGroup(to));
  }
}

async function expectDevices(socket: WASocket, to: Jid): Promise<void> {
  const { id, lid } = socket.user ?? {};
  const self = [id, lid].flatMap((name) => (name ? [bareJid(name)] : []));
  const own = self.find((name) => isLid(name) === isLid(to));
  // Asked for together with our own, as Baileys will: its own question is then answered from the cache.
  const devices = await socket.getUSyncDevices(own === undefined ? [to] : [own, to], true, false);
  if (devices.length === 0) {
    throw new GatewayError("UNAVAILABLE", "WhatsApp did not say which devices to send to.");
  }
  // Any device that is not ours: WhatsApp may know the number in another variant.
  if (self.includes(to) || devices.some(({ jid }) => !self.includes(bareJid(jid)))) return;
  throw new GatewayError("NOT_ON_WHATSAPP", "Nobody on WhatsApp has this number.", { to });
}
