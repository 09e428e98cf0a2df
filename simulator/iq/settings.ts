import { MAX_UPLOAD_BYTES } from "../media/media-server.ts";
import { type BinaryNode, iqResult } from "../protocol/nodes.ts";

export function answerMediaConnection(iq: BinaryNode, hostname: string): BinaryNode {
  const attrs = { hostname, maxContentLengthBytes: String(MAX_UPLOAD_BYTES) };
  const connection = { auth: "simulated", ttl: "3600", id: "1" };
  return iqResult(iq, [
    { tag: "media_conn", attrs: connection, content: [{ tag: "host", attrs }] },
  ]);
}

/** Switches of WhatsApp's experiments; none are on. */
export function answerProps(iq: BinaryNode): BinaryNode {
  return iqResult(iq, [{ tag: "props", attrs: { protocol: "1", hash: "none" }, content: [] }]);
}
