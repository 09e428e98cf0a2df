import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { childNamed, type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { bundleNodes, readRetryKeys } from "../signal/key-bundle.ts";
import { type Envelope, receiptOrigin } from "./envelope.ts";
import { envelopeOf, sealFor } from "./phone-sender.ts";

/**
 * The receipt by which a phone says that it could not read a message. Its keys come along, so the
 * sender opens a fresh session instead of repeating the mistake.
 */
export function retryReceipt(account: AccountState, envelope: Envelope): BinaryNode {
  const [registration, ...keys] = bundleNodes(account.handset.signal.bundle());
  const t = String(envelope.sentAt);
  return {
    tag: "receipt",
    attrs: {
      ...receiptOrigin(envelope, { phone: account.phone, device: 0 }),
      id: envelope.id,
      type: "retry",
      t: String(unixSeconds()),
    },
    content: [
      { tag: "retry", attrs: { count: "1", id: envelope.id, t, v: "1" } },
      ...(registration === undefined ? [] : [registration]),
      { tag: "keys", attrs: {}, content: keys },
    ],
  };
}

/**
 * A linked device could not read what this phone sent: encrypts the same message again, for it alone.
 * Over a fresh session when it attached keys, or when it asks a second time.
 */
export async function resend(
  account: AccountState,
  companion: Companion,
  receipt: BinaryNode,
  deliver: (envelope: Envelope, content: readonly BinaryNode[]) => void,
): Promise<void> {
  const { handset } = account;
  const sent = handset.sent(receipt.attrs["id"] ?? "");
  if (sent === undefined) return;
  const count = Number(childNamed(receipt, "retry")?.attrs["count"] ?? 1);
  const keys = readRetryKeys(receipt);
  await handset.exclusive(async () => {
    const fresh = keys ?? (count > 1 ? companion.takeBundle() : undefined);
    if (fresh !== undefined) await handset.signal.openSession(companion.jid("lid"), fresh);
    // It may lack the sender key as well: the next group message brings it again.
    handset.forgetKeyHolder(companion.jid("lid"));
    deliver(envelopeOf(account, sent), [await sealFor(account, companion, sent, count)]);
  });
}
