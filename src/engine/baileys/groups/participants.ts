import { isLid } from "../../../domain/address.ts";
import type { Jid } from "../../../domain/ids.ts";
import type { AddressBook } from "../address-book.ts";
import type { BinaryNode } from "../library.ts";

/** People as a command names them: WhatsApp wants the number of those too who are named by their LID. */
export function participantNodes(people: readonly Jid[], book: AddressBook): Promise<BinaryNode[]> {
  return Promise.all(
    people.map(async (jid) => {
      const { pn } = await book.complete([jid]);
      const number = isLid(jid) && pn !== null ? { phone_number: pn } : {};
      return { tag: "participant", attrs: { jid, ...number } };
    }),
  );
}
