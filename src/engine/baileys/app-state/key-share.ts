import { proto, unpadRandomMax16 } from "../library.ts";

/** Keys to the app state, by their ids. */
export interface SharedKeys {
  readonly keys: Readonly<Record<string, proto.Message.IAppStateSyncKeyData>>;
  /** Which to write with. */
  readonly latest: string;
}

/**
 * The keys that the account's own phone hands over in a message; nothing for any other message. Whether it is its
 * own phone's the caller has to know.
 */
export function sharedKeysIn(padded: Uint8Array): SharedKeys | undefined {
  const message = proto.Message.decode(unpadRandomMax16(padded));
  const { protocolMessage } = message.deviceSentMessage?.message ?? message;
  const shared = protocolMessage?.appStateSyncKeyShare?.keys ?? [];
  const entries = shared.flatMap(({ keyId, keyData }) =>
    keyId?.keyId && keyData?.keyData?.length
      ? [[Buffer.from(keyId.keyId).toString("base64"), keyData] as const]
      : [],
  );
  const latest = entries.at(-1)?.[0];
  return latest === undefined ? undefined : { keys: Object.fromEntries(entries), latest };
}
