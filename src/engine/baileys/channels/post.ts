import { GatewayError } from "../../../domain/errors.ts";
import type { Jid, MessageId } from "../../../domain/ids.ts";
import type { ChannelCalls } from "../../channel-calls.ts";
import type { Fact } from "../../engine.ts";
import { type BinaryNode, proto } from "../library.ts";
import { ackOf } from "../socket/receipts.ts";
import { postNode } from "./post-node.ts";

/** A socket, as far as posts need it. */
export interface PostSocket {
  sendNode(node: BinaryNode): Promise<void>;
  query(node: BinaryNode): Promise<BinaryNode | undefined>;
}

/**
 * Writes a post to the socket, or what is done to one. WhatsApp does not encrypt them, and knows an edit and a
 * deletion by the id of the post: its ack of those bears that id, and is given back under the one of the change.
 * @throws GatewayError NOT_ALLOWED when the account may not post there, and what `ChannelCalls.get` throws
 */
export async function post(
  socket: PostSocket,
  channels: Pick<ChannelCalls, "get">,
  id: MessageId,
  to: Jid,
  prepared: Uint8Array,
): Promise<Extract<Fact, { readonly kind: "ack" }> | undefined> {
  const { role, state } = await channels.get(to);
  if (state === "DELETED") {
    throw new GatewayError("CHANNEL_NOT_FOUND", "The channel was deleted.");
  }
  // Where WhatsApp does not say what the account is there, its answer to the post will.
  if (role === "SUBSCRIBER" || role === "GUEST") {
    const message = "Only its owner and its admins post to a channel, and the account is neither.";
    throw new GatewayError("NOT_ALLOWED", message);
  }
  const node = postNode(id, to, proto.Message.decode(prepared));
  if (node.attrs["id"] === id) {
    await socket.sendNode(node);
    return undefined;
  }
  const answer = await socket.query(node);
  const ack = answer && ackOf(answer);
  return ack && { ...ack, id };
}
