import { type Address, addressOf, phoneOf } from "../../../domain/address.ts";
import { type BinaryNode, getBinaryNodeChild } from "../library.ts";
import type { Ask } from "./ask.ts";
import { textIn, usersIn, usyncQuery } from "./usync-query.ts";

/** Who has which number: by phone number and by LID, in one question instead of the two that Baileys asks. */
export async function checkPhones(
  phones: readonly string[],
  ask: Ask,
  sid: string,
): Promise<ReadonlyMap<string, Address>> {
  const found = new Map<string, Address>();
  const users = phones.map((phone) => userNode(phone));
  for (const user of usersIn(await ask(usyncQuery(sid, ["contact", "lid"], users)))) {
    const contact = getBinaryNodeChild(user, "contact");
    const { jid } = user.attrs;
    if (contact?.attrs["type"] !== "in" || !jid) continue;
    const address = addressOf(jid, getBinaryNodeChild(user, "lid")?.attrs["val"]);
    // WhatsApp says which number it was asked for, as the JID may be another variant of it.
    found.set(textIn(contact).replace(/\D/g, "") || phoneOf(jid), address);
  }
  return found;
}

function userNode(phone: string): BinaryNode {
  const contact = { tag: "contact", attrs: {}, content: `+${phone}` };
  return { tag: "user", attrs: {}, content: [contact] };
}
