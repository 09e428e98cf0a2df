import { type Address, addressOf, phoneOf, PN_SERVER } from "../../../domain/address.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from "../library.ts";
import type { Ask } from "./ask.ts";

/** Who has which number: by phone number and by LID, in one question instead of the two that Baileys asks. */
export async function checkPhones(
  phones: readonly string[],
  ask: Ask,
  sid: string,
): Promise<ReadonlyMap<string, Address>> {
  const found = new Map<string, Address>();
  for (const user of usersIn(await ask(checkQuery(phones, sid)))) {
    const contact = getBinaryNodeChild(user, "contact");
    const { jid } = user.attrs;
    if (contact?.attrs["type"] !== "in" || !jid) continue;
    const address = addressOf(jid, getBinaryNodeChild(user, "lid")?.attrs["val"]);
    // WhatsApp says which number it was asked for, as the JID may be another variant of it.
    found.set(digitsIn(contact) || phoneOf(jid), address);
  }
  return found;
}

function checkQuery(phones: readonly string[], sid: string): BinaryNode {
  const users = phones.map((phone) => ({
    tag: "user",
    attrs: {},
    content: [{ tag: "contact", attrs: {}, content: `+${phone}` }],
  }));
  const query = ["contact", "lid"].map((tag) => ({ tag, attrs: {} }));
  return {
    tag: "iq",
    attrs: { to: PN_SERVER, type: "get", xmlns: "usync" },
    content: [
      {
        tag: "usync",
        attrs: { context: "interactive", mode: "query", sid, last: "true", index: "0" },
        content: [
          { tag: "query", attrs: {}, content: query },
          { tag: "list", attrs: {}, content: users },
        ],
      },
    ],
  };
}

function usersIn(answer: BinaryNode): readonly BinaryNode[] {
  const list = getBinaryNodeChild(getBinaryNodeChild(answer, "usync"), "list");
  return getBinaryNodeChildren(list, "user");
}

function digitsIn({ content }: BinaryNode): string {
  const text = content instanceof Uint8Array ? Buffer.from(content).toString() : content;
  return typeof text === "string" ? text.replace(/\D/g, "") : "";
}
