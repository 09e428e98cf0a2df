import type { Jid } from "../../../domain/ids.ts";
import { GatewayError } from "../../../domain/errors.ts";
import { type BinaryNode, generateMessageIDV2 } from "../library.ts";

/** A reaction to a post names it by its number and says openly what it is. */
export function reactionNode(to: Jid, serverId: string, emoji: string | null): BinaryNode {
  // As what its sender deletes.
  const removal = emoji === null ? { edit: "7" } : {};
  return {
    tag: "message",
    attrs: { to, id: generateMessageIDV2(), server_id: serverId, type: "reaction", ...removal },
    content: [{ tag: "reaction", attrs: emoji === null ? {} : { code: emoji } }],
  };
}

const NO_SUCH_POST = 404;

/** @throws GatewayError as `ChannelCalls.react` says */
export function expectTaken({ attrs: { error } }: BinaryNode): void {
  if (error === undefined) return;
  const details = { whatsappCode: Number(error) };
  if (details.whatsappCode === NO_SUCH_POST) {
    throw new GatewayError("MESSAGE_NOT_FOUND", "The channel has no such post.", details);
  }
  const message = `WhatsApp refused the reaction with code ${error}.`;
  throw new GatewayError("SEND_REJECTED", message, details);
}
