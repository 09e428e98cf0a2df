import type { Step } from "../../domain/steps.ts";
import type { Inbox } from "./inbox/inbox.ts";
import "./sender-chain.ts";
import { readableSenderKey } from "./keys/codec.ts";
import { mergeSessions } from "./migrate-sessions.ts";
import type { Encrypted, Stanzas } from "./inbox/stanzas.ts";
import type { KeyData, KeyStore } from "./keys/key-store.ts";
import {
  addTransactionCapability,
  DEFAULT_CONNECTION_CONFIG,
  jidDecode,
  jidEncode,
  type SignalDataSet,
  type SocketConfig,
} from "./library.ts";

/** The name of the lock on all one-to-one sessions of an account. */
const SESSIONS = "sessions";

type MakeRepository = SocketConfig["makeSignalRepository"];

export interface RepositoryOptions {
  readonly store: KeyStore;
  readonly stanzas: Stanzas;
  readonly inbox: Inbox;
  /** Told of the stanza of a message that could not be decrypted; Baileys hears of it once this has resolved. */
  readonly onUndecryptable: (stanza: Encrypted["stanza"]) => Promise<void>;
  readonly step: Step | undefined;
}

/**
 * Baileys' Signal repository with two things mended, beside what `sender-chain.ts` mends.
 *
 * Baileys encrypts inside one transaction per account that commits after the send, and decrypts
 * under another lock: with a store that answers later than at once, both step the same session and
 * one step is lost (98 of 100 messages became undecryptable in a test). Here every step on a
 * session runs alone and commits before the next: one lock for the sessions of an account, and one per group.
 *
 * And what was decrypted is stored in the same commit as the step, see `inbox/`.
 */
export function repositoryMaker(options: RepositoryOptions): MakeRepository {
  const { store, stanzas, inbox, onUndecryptable, step } = options;
  return (auth, logger, pnToLid) => {
    // A store that failed has ended the connection already: trying again would only delay that.
    const keys = addTransactionCapability(store, logger, {
      maxCommitRetries: 1,
      delayBetweenTriesMs: 0,
    });
    const set: typeof keys.set = (data) => keys.set(readable(data));
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds: auth.creds, keys: { ...keys, set } },
      logger,
      pnToLid,
    );
    const stock = { ...repository };

    /**
     * One step at a time on the sessions of an account: a contact has two addresses, and which of
     * them a step works on may change while it waits, when WhatsApp tells that they are one person.
     */
    function onSession<T>(work: () => Promise<T>): Promise<T> {
      return keys.transaction(work, SESSIONS);
    }

    /**
     * Baileys moves a contact's sessions from the phone number to the LID and writes over those that
     * are there already, although the contact may have written under them: those are kept, closed.
     */
    async function migrateSessions(from: string, to: string) {
      const user = jidDecode(from)?.user ?? "";
      const lid = jidDecode(to)?.user ?? "";
      const { [user]: listed = [] } = await keys.get("device-list", [user]);
      const devices = new Set([...listed, String(jidDecode(from)?.device ?? 0)]);
      const addresses = [...devices].map((device) =>
        stock.jidToSignalProtocolAddress(jidEncode(lid, "lid", Number(device))),
      );
      const before = await keys.get("session", addresses);
      const migrated = await stock.migrateSession(from, to);
      if (migrated.migrated === 0) return migrated;
      const after = await keys.get("session", addresses);
      const merged = addresses.flatMap((address) => {
        const [kept, moved] = [before[address], after[address]];
        return kept && moved && kept !== moved
          ? [[address, mergeSessions(moved, kept)] as const]
          : [];
      });
      if (merged.length > 0) await keys.set({ session: Object.fromEntries(merged) });
      return migrated;
    }

    async function once(
      ciphertext: Uint8Array,
      exclusively: <T>(work: () => Promise<T>) => Promise<T>,
      decrypt: () => Promise<Uint8Array>,
    ): Promise<Uint8Array> {
      const encrypted = stanzas.of(ciphertext);
      if (encrypted === undefined) return exclusively(decrypt);
      const entry = await exclusively(async () => {
        const kept = await inbox.find(encrypted, ciphertext);
        if (kept !== undefined) return kept;
        const plaintext = await decrypt().catch(async (error: unknown) => {
          await onUndecryptable(encrypted.stanza);
          throw error;
        });
        step?.("decrypted");
        const fresh = inbox.entry(encrypted, ciphertext, plaintext);
        const data: KeyData = { inbox: { [fresh.hash]: fresh } };
        // The transaction passes types it does not know on to the store, which knows this one.
        await keys.set(data);
        return fresh;
      });
      step?.("inbox-committed");
      await inbox.deliver(entry, encrypted.stanza);
      step?.("receipt-due");
      return Buffer.from(entry.plaintext);
    }

    return Object.assign(repository, {
      encryptMessage: (o) => onSession(() => stock.encryptMessage(o)),
      injectE2ESession: (o) => onSession(() => stock.injectE2ESession(o)),
      migrateSession: (from, to) => onSession(() => migrateSessions(from, to)),
      decryptMessage: (o) => once(o.ciphertext, onSession, () => stock.decryptMessage(o)),
      encryptGroupMessage: (o) => keys.transaction(() => stock.encryptGroupMessage(o), o.group),
      getSenderKeyDistributionMessage: (o) =>
        keys.transaction(() => stock.getSenderKeyDistributionMessage(o), o.group),
      processSenderKeyDistributionMessage: (o) =>
        keys.transaction(
          () => stock.processSenderKeyDistributionMessage(o),
          o.item.groupId ?? o.authorJid,
        ),
      decryptGroupMessage: (o) =>
        once(
          o.msg,
          (work) => keys.transaction(work, o.group),
          () => stock.decryptGroupMessage(o),
        ),
    } satisfies Partial<typeof repository>);
  };
}

function readable(data: SignalDataSet): SignalDataSet {
  const senderKeys = data["sender-key"];
  if (senderKeys === undefined) return data;
  const entries = Object.entries(senderKeys).map(([id, key]) => [
    id,
    key && readableSenderKey(key),
  ]);
  return { ...data, "sender-key": Object.fromEntries(entries) as typeof senderKeys };
}
