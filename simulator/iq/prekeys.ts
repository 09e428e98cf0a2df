import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import { parseDevice, SERVER } from "../protocol/jid.ts";
import {
  type BinaryNode,
  childNamed,
  childrenOf,
  iqError,
  iqResult,
  unixSeconds,
} from "../protocol/nodes.ts";
import { bundleNodes, readUpload } from "../signal/key-bundle.ts";

/** WhatsApp asks a device for more one-time keys when fewer than this are left. */
const FEW_PRE_KEYS = 10;

/** `iq get encrypt`: how many keys are left, whether they are still right, or the bundles of others. */
export function answerKeyQuery(
  iq: BinaryNode,
  companion: Companion,
  accounts: Accounts,
): BinaryNode {
  if (childNamed(iq, "count") !== undefined) {
    const value = String(companion.preKeyCount);
    return iqResult(iq, [{ tag: "count", attrs: { value } }]);
  }
  if (childNamed(iq, "digest") !== undefined) {
    // An answer without <digest> would make Baileys upload five more keys.
    return companion.preKeyCount === 0
      ? iqError(iq, 404, "item-not-found")
      : iqResult(iq, [{ tag: "digest", attrs: {}, content: [] }]);
  }
  const users = childrenOf(childNamed(iq, "key")).flatMap(
    ({ attrs }) => bundleOf(attrs["jid"] ?? "", accounts) ?? [],
  );
  return iqResult(iq, [{ tag: "list", attrs: {}, content: users }]);
}

/** `iq set encrypt`: the device uploads its keys. */
export function answerKeyUpload(iq: BinaryNode, companion: Companion): BinaryNode {
  if (childNamed(iq, "list") !== undefined) {
    const { bundle, preKeys } = readUpload(iq);
    companion.storeKeys(bundle, preKeys);
  }
  return iqResult(iq);
}

function bundleOf(jid: string, accounts: Accounts): BinaryNode | undefined {
  const address = parseDevice(jid);
  const account = address === undefined ? undefined : accounts.find(address.phone);
  if (address === undefined || account === undefined) return undefined;
  if (address.device === 0) {
    return { tag: "user", attrs: { jid }, content: bundleNodes(account.handset.signal.bundle()) };
  }
  const companion = account.companion(address.device);
  if (companion === undefined) return undefined;
  const content = bundleNodes(companion.takeBundle());
  // Once per shortage: the next upload lifts the count above this number again.
  if (companion.preKeyCount === FEW_PRE_KEYS - 1) askForKeys(companion);
  return { tag: "user", attrs: { jid }, content };
}

function askForKeys(companion: Companion): void {
  const value = String(companion.preKeyCount);
  const t = unixSeconds();
  companion.deliver({
    tag: "notification",
    attrs: { id: `prekeys-${t}`, from: SERVER, type: "encrypt", t: String(t) },
    content: [{ tag: "count", attrs: { value } }],
  });
}
