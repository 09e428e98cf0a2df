import { PN_SERVER } from "../../../domain/address.ts";
import type { Jid } from "../../../domain/ids.ts";
import type { BinaryNode } from "../library.ts";

/**
 * The command that sets or removes a picture. Baileys' own would scale it with a library that it loads itself.
 * @param target the group, or null for the account
 */
export function pictureQuery(target: Jid | null, jpeg: Uint8Array | null): BinaryNode {
  const whose = target === null ? {} : { target };
  const attrs = { to: PN_SERVER, ...whose, type: "set", xmlns: "w:profile:picture" };
  if (jpeg === null) return { tag: "iq", attrs };
  return {
    tag: "iq",
    attrs,
    content: [{ tag: "picture", attrs: { type: "image" }, content: jpeg }],
  };
}
