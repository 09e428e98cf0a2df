import { fromBaileys } from "./curve.ts";

interface Session {
  getChain(ephemeralKey: Uint8Array): unknown;
  serialize(): object;
}

interface Cipher {
  decryptWithSessions(message: Uint8Array, sessions: readonly Session[]): Promise<Decrypted>;
}

interface Decrypted {
  readonly session: Session;
  readonly plaintext: Uint8Array;
}

const { prototype: cipher } = fromBaileys("libsignal/src/session_cipher.js") as {
  readonly prototype: Cipher;
};
const { WhisperMessage } = fromBaileys("libsignal/src/protobufs.js") as {
  readonly WhisperMessage: { decode(bytes: Uint8Array): { readonly ephemeralKey: Uint8Array } };
};
const { constructor: SessionEntry } = (
  fromBaileys("libsignal/src/session_record.js") as { createEntry(): object }
).createEntry() as unknown as {
  readonly constructor: { deserialize(data: object): Session };
};

/** A version byte in front, the MAC behind. */
const bodyOf = (message: Uint8Array): Uint8Array => message.subarray(1, -8);

const tryAll = cipher.decryptWithSessions;

/**
 * Two people who write to each other for the first time at once have two sessions for a while, and
 * libsignal tries a message on one after the other. A try on the wrong one steps its ratchet to a key
 * that belongs to the other, and what is stored once the right one is found is both of them: what is
 * sent or comes under the spoilt one can be read by nobody, until somebody asks for a new session.
 * So the session that knows the message's key is the only one tried, and where none does (the
 * other side has stepped) each is tried on a copy first.
 */
cipher.decryptWithSessions = async function decryptWithSessions(this: Cipher, message, sessions) {
  if (sessions.length < 2) return tryAll.call(this, message, sessions);
  const { ephemeralKey } = WhisperMessage.decode(bodyOf(message));
  const known = sessions.find((session) => session.getChain(ephemeralKey) !== undefined);
  if (known !== undefined) return tryAll.call(this, message, [known]);
  for (const session of sessions) {
    const copy = SessionEntry.deserialize(session.serialize());
    const fits = await tryAll.call(this, message, [copy]).catch(() => undefined);
    if (fits !== undefined) return tryAll.call(this, message, [session]);
  }
  // None fits. What this throws is what libsignal would; nothing is stored after it.
  return tryAll.call(this, message, sessions);
};
