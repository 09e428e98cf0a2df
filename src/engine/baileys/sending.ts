import { bareJid, isGroup, isLid, STATUS_FEED } from "../../domain/address.ts";
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
  audience?: readonly Jid[] | null,
): Promise<void> {
  try {
    if (!isGroup(to) && to !== STATUS_FEED) await expectDevices(socket, to);
    const message = proto.Message.decode(prepared);
    const marked = { messageId: id, ...markingsOf(message) };
    const shown = to === STATUS_FEED && { statusJidList: viewersOf(audience, socket) };
    await socket.relayMessage(to, message, { ...marked, ...shown });
  } catch (error) {
    throw sendFailure(error, isGroup(to));
  }
}

/** A status is shown on the account's own devices too. @throws Error without an audience: it would be lost in silence */
function viewersOf(audience: readonly Jid[] | null | undefined, { user }: WASocket): Jid[] {
  if (!audience) throw new Error("a status is shown to nobody");
  return user ? [...audience, bareJid(user.id)] : [...audience];
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
