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

export function answerBlocklist(iq: BinaryNode): BinaryNode {
  return iqResult(iq, [{ tag: "list", attrs: {}, content: [] }]);
}

/** Who may see what, and the trusted-contact tokens that a client hands in after a first message. */
export function answerPrivacy(iq: BinaryNode): BinaryNode {
  if (iq.attrs["type"] === "set") return iqResult(iq, [{ tag: "tokens", attrs: {}, content: [] }]);
  const category = { tag: "category", attrs: { name: "readreceipts", value: "all" } };
  return iqResult(iq, [{ tag: "privacy", attrs: {}, content: [category] }]);
}
