import { type Address, PN_SERVER } from "../../../domain/address.ts";
import { GatewayError } from "../../../domain/errors.ts";
import type { PeopleCalls } from "../../people-calls.ts";
import { createAddressBook } from "../address-book.ts";
import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  type WASocket,
} from "../library.ts";
import { given } from "../translate/names.ts";
import { askerOf } from "./ask.ts";
import type { During } from "./during.ts";

export function blockCalls(during: During): Pick<PeopleCalls, "blocked" | "block"> {
  return {
    blocked: () =>
      during(async (socket) => {
        const answer = await askerOf(socket)(blocklistQuery("get"));
        const items = getBinaryNodeChildren(getBinaryNodeChild(answer, "list"), "item");
        const names = items.map(({ attrs }) => given(attrs["jid"], attrs["pn_jid"]));
        const book = createAddressBook(socket.authState.keys);
        return Promise.all(names.filter(({ length }) => length > 0).map(book.complete));
      }),
    block: (contact, isBlocked) =>
      during(async (socket) => {
        const named = await bothNames(contact, socket);
        const action = isBlocked ? "block" : "unblock";
        const attrs = { action, jid: named.lid, ...(isBlocked && { pn_jid: named.pn }) };
        await askerOf(socket)(blocklistQuery("set", { tag: "item", attrs }));
      }),
  };
}

function blocklistQuery(type: "get" | "set", item?: BinaryNode): BinaryNode {
  const attrs = { to: PN_SERVER, type, xmlns: "blocklist" };
  return item === undefined ? { tag: "iq", attrs } : { tag: "iq", attrs, content: [item] };
}

/**
 * WhatsApp blocks a LID, and wants the number beside it.
 * @throws GatewayError INVALID_RECIPIENT when one of them is not known
 */
async function bothNames(
  { id, pn: number, lid: hidden }: Address,
  { authState, signalRepository }: WASocket,
) {
  const known = await createAddressBook(authState.keys).complete(given(id, number, hidden));
  const { pn } = known;
  const lid = known.lid ?? (await signalRepository.lidMapping.getLIDForPN(known.id));
  if (lid && pn) return { lid, pn };
  const message = `WhatsApp blocks people by LID and number together, and only one of them is known of ${id}. Name them by their number.`;
  throw new GatewayError("INVALID_RECIPIENT", message);
}
