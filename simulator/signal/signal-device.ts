import {
  addTransactionCapability,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  generateRegistrationId,
  type SignalRepositoryWithLIDStore,
  signedKeyPair,
} from "@whiskeysockets/baileys";
import { pino } from "pino";
import { type KeyBundle, toSession } from "./key-bundle.ts";
import { MemoryKeyStore } from "./key-store.ts";
import type { SharedJid, UserJid } from "../protocol/jid.ts";

export interface Ciphertext {
  readonly type: "pkmsg" | "msg";
  readonly bytes: Uint8Array;
}

const silent = pino({ level: "silent" });

/**
 * Keys and sessions of a simulated phone, over the Signal code that Baileys itself uses. Peers are
 * always named by LID, so one device has one session whichever way a stanza was addressed. Callers
 * take turns: two of these calls must not run at once for the same peer.
 */
export class SignalDevice {
  readonly identity = Curve.generateKeyPair();
  readonly registrationId = generateRegistrationId();
  readonly #keys = new MemoryKeyStore();
  readonly #repository: SignalRepositoryWithLIDStore;
  /** Peers with an open session, so that a send need not read the whole record to find out. */
  readonly #open = new Set<UserJid>();
  readonly #signedPreKey = signedKeyPair(this.identity, 1);
  #nextPreKeyId = 1;

  constructor() {
    const creds = {
      signedIdentityKey: this.identity,
      registrationId: this.registrationId,
      signedPreKey: this.#signedPreKey,
    };
    const keys = addTransactionCapability(this.#keys, silent, {
      maxCommitRetries: 1,
      delayBetweenTriesMs: 1,
    });
    this.#repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds, keys },
      silent,
      async () => [],
    );
  }

  /** A bundle with a one-time key that is good for one session. */
  bundle(): KeyBundle {
    const signed = this.#signedPreKey;
    const keyId = this.#nextPreKeyId++;
    const preKey = Curve.generateKeyPair();
    this.#keys.set({ "pre-key": { [keyId]: preKey } });
    return {
      registrationId: this.registrationId,
      identity: this.identity.public,
      signedPreKey: {
        keyId: signed.keyId,
        publicKey: signed.keyPair.public,
        signature: signed.signature,
      },
      preKey: { keyId, publicKey: preKey.public },
    };
  }

  async hasSession(peer: UserJid): Promise<boolean> {
    if (this.#open.has(peer)) return true;
    const { exists } = await this.#repository.validateSession(peer);
    if (exists) this.#open.add(peer);
    return exists;
  }

  async openSession(peer: UserJid, bundle: KeyBundle): Promise<void> {
    // The types demand a one-time key; libsignal opens a session without one, as the protocol allows.
    const session = toSession(bundle);
    await this.#repository.injectE2ESession({ jid: peer, session });
  }

  async encrypt(peer: UserJid, data: Uint8Array): Promise<Ciphertext> {
    const { type, ciphertext } = await this.#repository.encryptMessage({ jid: peer, data });
    return { type, bytes: ciphertext };
  }

  async decrypt(peer: UserJid, type: "pkmsg" | "msg", ciphertext: Uint8Array): Promise<Uint8Array> {
    // A first message under a new identity closes the session before it is known to be genuine.
    if (type === "pkmsg") this.#open.delete(peer);
    return this.#repository.decryptMessage({ jid: peer, type, ciphertext });
  }

  /** Encrypts for a group with this device's sender key; `senderKey` is what members need to read it. */
  async encryptForGroup(group: SharedJid, me: UserJid, data: Uint8Array) {
    const sealed = await this.#repository.encryptGroupMessage({ group, meId: me, data });
    return { bytes: sealed.ciphertext, senderKey: sealed.senderKeyDistributionMessage };
  }

  async decryptFromGroup(
    group: SharedJid,
    author: UserJid,
    ciphertext: Uint8Array,
  ): Promise<Uint8Array> {
    return this.#repository.decryptGroupMessage({ group, authorJid: author, msg: ciphertext });
  }

  async learnSenderKey(
    author: UserJid,
    item: Parameters<
      SignalRepositoryWithLIDStore["processSenderKeyDistributionMessage"]
    >[0]["item"],
  ): Promise<void> {
    await this.#repository.processSenderKeyDistributionMessage({ item, authorJid: author });
  }

  close(): void {
    this.#repository.close?.();
  }
}
