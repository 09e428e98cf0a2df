import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { CollectionName } from "./collection-name.ts";

/** Tells devices that there is something new in collections; what it is they have to ask for. */
export function tellCollections(
  account: AccountState,
  companions: readonly Companion[],
  names: readonly CollectionName[],
): void {
  const content = names.map((name) => ({
    tag: "collection",
    attrs: { name, version: String(account.appState.collections[name].version) },
  }));
  const attrs = { from: account.jid("pn"), type: "server_sync", t: String(unixSeconds()) };
  for (const companion of companions) {
    const stanza: BinaryNode = {
      tag: "notification",
      attrs: { ...attrs, id: makeStanzaId() },
      content,
    };
    companion.deliver(stanza);
  }
}
