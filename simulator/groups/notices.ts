import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { accountJid, type Addressing } from "../protocol/jid.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { GroupState } from "./groups.ts";

/** Tells the linked devices of these people what somebody did to a group. */
export type TellMembers = (
  phones: readonly string[],
  group: Pick<GroupState, "jid" | "addressing">,
  author: AccountState,
  told: BinaryNode,
  type?: "w:gp2" | "picture",
) => void;

export function tellMembers(accounts: Accounts): TellMembers {
  return (phones, { jid, addressing }, author, told, type = "w:gp2") => {
    const other = addressing === "lid" ? "pn" : "lid";
    const stanza = {
      tag: "notification",
      attrs: {
        from: jid,
        type,
        id: makeStanzaId(),
        participant: author.jid(addressing),
        [`participant_${other}`]: author.jid(other),
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

export function people(tag: string, phones: readonly string[], addressing: Addressing): BinaryNode {
  const content = phones.map((phone) => participantNode(phone, addressing));
  return { tag, attrs: {}, content };
}

/** Somebody in a group, by both names. */
export function participantNode(
  phone: string,
  addressing: Addressing,
  more: Readonly<Record<string, string>> = {},
): BinaryNode {
  const [pn, lid] = [accountJid(phone, "pn"), accountJid(phone, "lid")];
  const names = addressing === "lid" ? { jid: lid, phone_number: pn } : { jid: pn, lid };
  return { tag: "participant", attrs: { ...names, ...more } };
}
