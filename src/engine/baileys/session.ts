import { addressOf, isGroup, isLid } from "../../domain/address.ts";
import { asError } from "../../domain/errors.ts";
import type { Jid } from "../../domain/ids.ts";
import type { CloseReason } from "../../domain/instance.ts";
import type { Log } from "../../lib/log.ts";
import type { OpenOptions } from "../engine.ts";
import { type AddressBook, createAddressBook } from "./address-book.ts";
import { createSessionAppState, type SessionAppState } from "./app-state/session-app-state.ts";
import {
  type CredentialsKeeper,
  createCredentialsKeeper,
  isLinked,
  loadCredentials,
} from "./credentials.ts";
import { ExpiringCache } from "./expiring-cache.ts";
import { noticeIn } from "./history/history.ts";
import { createInbox } from "./inbox/inbox.ts";
import { createStanzas } from "./inbox/stanzas.ts";
import { createKeyStore } from "./keys/key-store.ts";
import { type AuthenticationCreds, proto, type WASocket } from "./library.ts";
import { createPresenceReader } from "./people/presence-news.ts";
import { createRinging, type Ringing } from "./people/ringing.ts";
import { openRoute, proxyName, type Route } from "./proxy/route.ts";
import type { ChatNames } from "./outgoing/sealed.ts";
import type { Settings } from "./settings.ts";
import { repositoryMaker } from "./signal-repository.ts";
import { type Said, saidBy } from "./socket/ending.ts";
import { type AnswerCache, createAnswerCache } from "./asking/answer-cache.ts";
import { openGuardedSocket } from "./socket/guarded-socket.ts";
import { createLinking, type Linking } from "./socket/linking.ts";
import { terminate } from "./socket/raw-socket.ts";
import { socketConfig } from "./socket/socket-config.ts";
import { wire } from "./socket/wiring.ts";
import { envelopeOf, type Self } from "./translate/envelope.ts";
import { unreadable } from "./translate/message.ts";
import type { Attributes } from "./translate/names.ts";

export interface SessionNeeds {
  readonly options: OpenOptions;
  readonly settings: Settings;
  readonly log: Log;
  readonly report: OpenOptions["report"];
  /** The socket ended, or has to because of `cause`. Only the first call counts. */
  readonly onEnd: (said: Said, cause: CloseReason | null) => void;
  /** The phone has accepted us; WhatsApp will ask for a new socket. */
  readonly onPaired: () => void;
  /** Something about a group has changed; of all of them where none is named. */
  readonly onGroupChange: (jid?: string) => void;
  /** Something about a channel has changed; about any of them where none is named. */
  readonly onChannelChange: (jid?: string) => void;
  readonly isOver: () => boolean;
}

/** One Baileys socket with everything that belongs to it and ends with it. */
export interface Session {
  readonly socket: WASocket | undefined;
  readonly linking: Linking;
  readonly book: AddressBook;
  /** Who is in the groups that are sent to. */
  readonly groups: Pick<AnswerCache<unknown>, "forget">;
  /** The calls that can be refused. */
  readonly ringing: Ringing;
  readonly linked: boolean;
  /** The names by which people are known in a chat. */
  namesIn(chat: Jid): Promise<ChatNames>;
  readonly appState: Pick<SessionAppState, "change">;
  /** Reads the state, delivers what a crash left, and opens the socket. */
  start(): Promise<void>;
  /** Ends the socket: politely, or so that nothing more leaves. */
  stop(abruptly: boolean): void;
  /** Resolves when nothing of this session will be written any more. */
  settle(): Promise<void>;
}

/** How many messages are remembered as undecryptable while their senders are asked again, and how long. */
const FAILED_LIMIT = 200;
const FAILED_TTL_MS = 60_000;

export function createSession(needs: SessionNeeds): Session {
  const { options, settings, log, report, isOver } = needs;
  const { state, instanceId } = options;
  const { proxy } = options.settings;
  let route: Route | undefined;
  /** What the proxy has said tells more than what came of it. */
  function onEnd(said: Said, cause: CloseReason | null): void {
    const failure = cause === "STORE_FAILED" ? undefined : route?.failure;
    if (failure === undefined || proxy === null) return needs.onEnd(said, cause);
    const message = `The proxy ${proxyName(proxy)} ${failure}.`;
    needs.onEnd({ code: null, conflict: null, message }, "PROXY_FAILED");
  }
  const onStoreFailure = (error: Error): void => {
    // First the socket: whatever Baileys makes of the failure must not reach WhatsApp.
    if (socket !== undefined) terminate(socket);
    onEnd(saidBy(error), "STORE_FAILED");
  };
  const store = createKeyStore(state, onStoreFailure);
  const book = createAddressBook(store);
  const stanzas = createStanzas();
  const presences = createPresenceReader(book, report, log, settings.timeouts.presenceGapMs);
  const ringing = createRinging();
  const failed = new ExpiringCache(FAILED_LIMIT, FAILED_TTL_MS);
  const groups = createAnswerCache((jid) => {
    if (socket === undefined) throw new Error("nothing is sent before there is a socket");
    return socket.groupMetadata(jid);
  });
  const linking = createLinking((fact) => void report(fact), settings.timeouts.qrMs);
  let creds: AuthenticationCreds | undefined;
  let keeper: CredentialsKeeper | undefined;
  let socket: WASocket | undefined;

  const self = (): Self | undefined => {
    const me = creds?.me;
    return me && { ...addressOf(me.id, me.lid), name: me.name ?? null };
  };
  const inbox = createInbox({
    state,
    find: store.findInbox,
    book,
    self,
    log,
    storedMessage: options.storedMessage,
    historyIn: (message, row) =>
      noticeIn(message, row, { network: settings.network, proxy, book, store, self }),
    report: (fact) => void report(fact),
    keepKeys: (shared) => appState.keepKeys(shared),
  });
  const appState = createSessionAppState({
    store,
    book,
    creds: () => creds,
    async saveCreds() {
      save();
      await keeper?.flush();
    },
    socket: () => socket,
    network: settings.network,
    proxy,
    report,
    isOver,
    log,
  });

  /** Durable before the sender is asked to send it again: after a crash in between nobody would hear of it. */
  async function onUndecryptable(stanza: Attributes): Promise<void> {
    failed.set(stanza["id"] ?? "", true);
    const me = self();
    const envelope = me && envelopeOf(stanza, me);
    // `peer` is what our own devices say to each other.
    if (envelope === undefined || stanza["category"] === "peer") return;
    try {
      await report({ kind: "message", message: await unreadable(envelope, "UNDECRYPTABLE", book) });
    } catch (error) {
      // Whatever Baileys would tell the sender now must not reach WhatsApp.
      onStoreFailure(asError(error));
    }
  }

  function openSocket(loaded: AuthenticationCreds): WASocket {
    const config = socketConfig(settings, {
      instanceId,
      shown: options.settings,
      route,
      creds: loaded,
      keys: store,
      makeSignalRepository: repositoryMaker({
        store,
        stanzas,
        inbox,
        step: settings.step,
        onUndecryptable,
      }),
      getMessage: async ({ id }) => {
        const bytes = id ? await options.sentMessage(id as never) : undefined;
        return bytes && proto.Message.decode(bytes);
      },
      cachedGroupMetadata: groups.get,
      failedToDecrypt: (id) => failed.get(id) === true,
    });
    const opened = openGuardedSocket(
      config,
      {
        badFrame: (error) => onEnd(saidBy(error), "BAD_FRAME"),
        upgradeRefused: (status) => {
          const message = `The server answered HTTP ${status ?? "?"} instead of a WebSocket.`;
          onEnd({ code: status ?? null, conflict: null, message }, "UPGRADE_REFUSED");
        },
      },
      log,
    );
    const { step } = settings;
    wire(opened, {
      ...needs,
      onEnd,
      stanzas,
      groups,
      presences,
      ringing,
      linking,
      book,
      self,
      creds: loaded,
      save,
      step,
      onOpen: appState.opened,
      syncAppState: appState.changed,
    });
    return opened;
  }

  /** @returns whether the connection may go on */
  async function findRoute(): Promise<boolean> {
    if (proxy === null) return true;
    try {
      route = await openRoute(proxy, settings.reachProxy);
      return !isOver();
    } catch (error) {
      const message = `The proxy ${proxyName(proxy)} cannot be used: ${asError(error).message}.`;
      needs.onEnd({ code: null, conflict: null, message }, "PROXY_FAILED");
      return false;
    }
  }

  function save(): void {
    if (!isOver()) keeper?.save();
  }

  return {
    linking,
    book,
    groups,
    ringing,
    appState,
    get socket() {
      return socket;
    },
    get linked() {
      return creds !== undefined && isLinked(creds);
    },
    async namesIn(chat) {
      const me = self();
      if (me === undefined) throw new Error("nothing is sent before there is an account");
      if (!isGroup(chat)) return { me, byLid: isLid(chat) };
      const { addressingMode } = await groups.get(chat);
      // As Baileys takes it where WhatsApp does not say.
      const mode: string = addressingMode ?? "lid";
      return { me, byLid: mode === "lid" };
    },
    async start() {
      try {
        creds = await loadCredentials(state);
        keeper = createCredentialsKeeper(state, creds, onStoreFailure);
        if (isLinked(creds)) await inbox.recover();
        else await state.wipeKeys();
        if (!isOver() && (await findRoute())) socket = openSocket(creds);
      } catch (error) {
        onEnd(saidBy(asError(error)), "STORE_FAILED");
      }
    },
    stop(abruptly) {
      presences.stop();
      if (socket === undefined) return;
      if (abruptly) terminate(socket);
      // Baileys frees its timers here; what it may still say of the end is no news.
      Promise.resolve(socket.end(undefined)).catch(() => {});
    },
    async settle() {
      await keeper?.flush();
      await store.seal();
      await inbox.settle();
    },
  };
}
