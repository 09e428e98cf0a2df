import { type Address, addressOf, bareJid, isLid, isPn } from "../../domain/address.ts";
import type { SignalKeyStore } from "./library.ts";

export interface AddressBook {
  /** One address from these names of somebody, with the other name where this account has learned it. */
  complete(names: readonly string[]): Promise<Address>;
}

/**
 * Reads what Baileys has stored of who has which LID. It never asks WhatsApp: a message must not
 * wait for an answer, and for whoever writes to us Baileys has asked already.
 */
export function createAddressBook(keys: Pick<SignalKeyStore, "get">): AddressBook {
  async function read(id: string): Promise<string | undefined> {
    const { [id]: user } = await keys.get("lid-mapping", [id]);
    return user;
  }

  return {
    async complete(names) {
      const address = addressOf(...names);
      const { id, pn, lid } = address;
      if (isLid(id) && pn === null) {
        const user = await read(`${userOf(id)}_reverse`);
        return user === undefined ? address : addressOf(id, `${user}@s.whatsapp.net`);
      }
      if (isPn(id) && lid === null) {
        const user = await read(userOf(id));
        return user === undefined ? address : addressOf(id, `${user}@lid`);
      }
      return address;
    },
  };
}

function userOf(jid: string): string {
  const bare = bareJid(jid);
  return bare.slice(0, bare.indexOf("@"));
}
