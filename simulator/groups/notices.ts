import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { accountJid } from "../protocol/jid.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";

/** Tells the linked devices of these people what somebody did to a group. */
export type TellMembers = (
  phones: readonly string[],
  jid: string,
  author: AccountState,
  told: BinaryNode,
  type?: "w:gp2" | "picture",
) => void;

export function tellMembers(accounts: Accounts): TellMembers {
  return (phones, jid, author, told, type = "w:gp2") => {
    const stanza = {
      tag: "notification",
      attrs: {
        from: jid,
        type,
        id: makeStanzaId(),
        participant: author.jid("pn"),
        participant_lid: author.jid("lid"),
        t: String(unixSeconds()),
        notify: author.name,
      },
      content: [told],
    };
    for (const phone of new Set(phones)) {
      const companions = accounts.find(phone)?.companions ?? [];
      for (const companion of companions) companion.deliver(stanza);
    }
  };
}

export function people(tag: string, phones: readonly string[]): BinaryNode {
  const content = phones.map((phone) => ({
    tag: "participant",
    attrs: { jid: accountJid(phone, "pn"), lid: accountJid(phone, "lid") },
  }));
  return { tag, attrs: {}, content };
}
