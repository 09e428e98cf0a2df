// The classes behind Baileys' groups, which its own door does not show. Loaded behind that door, see there.
import "./library.ts";
import { GroupCipher } from "@whiskeysockets/baileys/lib/Signal/Group/group_cipher.js";
import type { SenderKeyState } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-state.js";

type Encrypt = GroupCipher["encrypt"];

/** What a sender takes from its own chain: the next key, and with it the step. */
function nextKey(state: SenderKeyState) {
  const chain = state.getSenderChainKey();
  state.setSenderChainKey(chain.getNext());
  // Nobody decrypts what they sent themselves: keys that were skipped before are of no use to anyone.
  state.getStructure().senderMessageKeys.length = 0;
  return chain.getSenderMessageKey();
}

/**
 * Baileys skips a key of its own chain with every message that it sends to a group, and keeps each for
 * a message that can never come: a record grows to 150 KB, which every further message reads, seals
 * and writes again, and whoever receives them keeps as many.
 */
function withoutSkipping(encrypt: Encrypt): Encrypt {
  return function (this: GroupCipher, plaintext) {
    return encrypt.call(Object.create(this, { getSenderKey: { value: nextKey } }), plaintext);
  };
}

GroupCipher.prototype.encrypt = withoutSkipping(GroupCipher.prototype.encrypt);
