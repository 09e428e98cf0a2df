import { proto } from "@whiskeysockets/baileys";
import { makeMessageId } from "../accounts/account.ts";
import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { seal } from "../messages/phone-sender.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";

/** The phone hands a linked device the key to what the account's devices agree on. */
export async function shareKey(account: AccountState, companion: Companion): Promise<void> {
  const { keyId, keyData } = account.appState;
  const key = {
    keyId: { keyId },
    keyData: { ...keyData, fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] } },
  };
  const protocolMessage = {
    type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE,
    appStateSyncKeyShare: { keys: [key] },
  };
  await account.handset.exclusive(async () => {
    const enc = await seal(account, companion, { protocolMessage });
    companion.deliver(peerStanza(account, enc));
  });
}

/** What devices of one account say to each other is no message of a chat. */
function peerStanza(account: AccountState, enc: BinaryNode): BinaryNode {
  const attrs = {
    id: makeMessageId(),
    from: account.jid("pn"),
    type: "text",
    category: "peer",
    t: String(unixSeconds()),
  };
  return { tag: "message", attrs, content: [enc] };
}
