import { asError, GatewayError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import type { OpenOptions } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import { baileysLog } from "../baileys-log.ts";
import type { KeyStore } from "../keys/key-store.ts";
import {
  type AuthenticationCreds,
  type BinaryNode,
  getBinaryNodeChildren,
  type WASocket,
} from "../library.ts";
import type { MediaNetwork } from "../media/network.ts";
import { type AppState, createAppState } from "./app-state.ts";
import { createBlobs } from "./blob.ts";
import { COLLECTIONS, isCollection } from "./collections.ts";
import type { SharedKeys } from "./key-share.ts";

export interface SessionParts {
  readonly store: KeyStore;
  readonly book: AddressBook;
  readonly creds: () => AuthenticationCreds | undefined;
  /** Resolves when the credentials are stored as they are. */
  readonly saveCreds: () => Promise<void>;
  readonly socket: () => WASocket | undefined;
  readonly network: MediaNetwork;
  readonly proxy: string | null;
  readonly report: OpenOptions["report"];
  readonly isOver: () => boolean;
  readonly log: Log;
}

export interface SessionAppState extends Pick<AppState, "change"> {
  /** The account's own phone hands its keys over. */
  keepKeys(shared: SharedKeys): Promise<void>;
  /** The connection is open: what came meanwhile is asked for. */
  opened(): void;
  /** A `notification` says which collections have changed. */
  changed(notification: BinaryNode): Promise<void>;
}

/** App state over one connection: when it is asked for, and where its keys are kept. */
export function createSessionAppState(parts: SessionParts): SessionAppState {
  const { store, creds, saveCreds, socket, network, report, isOver, log } = parts;
  const query = async (node: BinaryNode) => {
    const asked = socket();
    if (asked === undefined || isOver()) throw ended();
    return (await asked.query(node)) as BinaryNode | undefined;
  };
  const appState = createAppState({
    query,
    keys: store,
    keyId: () => creds()?.myAppStateKeyId,
    book: parts.book,
    download: createBlobs({ query, network, proxy: parts.proxy }),
    logger: baileysLog(log),
    async report(changes, whileOffline) {
      await report({ kind: "app-state", changes, whileOffline });
      // Nobody listened any more: it is read again by the next connection.
      if (isOver()) throw ended();
    },
    async rename(name) {
      const current = creds();
      if (current?.me === undefined || current.me.name === name) return;
      current.me.name = name;
      await saveCreds();
      await report({ kind: "profile-name", name });
    },
    log,
  });

  function syncAll(): void {
    appState.sync(COLLECTIONS, true).catch((error: unknown) => {
      log.warn("app state was not stored", { error: asError(error).message });
    });
  }

  return {
    change: appState.change,
    async keepKeys({ keys, latest }) {
      await store.set({ "app-state-sync-key": { ...keys } });
      const current = creds();
      if (current === undefined) return;
      current.myAppStateKeyId = latest;
      await saveCreds();
      // At a start, what a crash has left comes before there is a socket.
      if (socket() !== undefined) syncAll();
    },
    opened: syncAll,
    async changed(notification) {
      const named = getBinaryNodeChildren(notification, "collection");
      const names = named.map(({ attrs }) => attrs["name"]).filter(isCollection);
      await appState.sync(names, notification.attrs["offline"] !== undefined);
      // Baileys would fetch it too, and keep a version whose changes nobody has stored.
      notification.content = [];
    },
  };
}

function ended(): GatewayError {
  return new GatewayError("UNAVAILABLE", "The connection to WhatsApp ended.");
}
