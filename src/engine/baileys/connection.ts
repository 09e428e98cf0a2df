import { isChannel, phoneDigits } from "../../domain/address.ts";
import { asError, GatewayError } from "../../domain/errors.ts";
import type { CloseReason } from "../../domain/instance.ts";
import { startDeadline } from "../../lib/deadline.ts";
import { abortable } from "../../lib/abortable.ts";
import { Semaphore } from "../../lib/semaphore.ts";
import { judgeClose } from "../close.ts";
import type { Connection, Fact, OpenOptions } from "../engine.ts";
import { baileysLog } from "./baileys-log.ts";
import type { Query } from "./asking/answered.ts";
import type { BinaryNode, WASocket } from "./library.ts";
import { startLifetime } from "./lifetime.ts";
import { asker } from "./groups/ask.ts";
import { createChannelCalls } from "./channels/channel-calls.ts";
import { post } from "./channels/post.ts";
import { createGroupCalls } from "./groups/group-calls.ts";
import { lookUpPhone } from "./look-up.ts";
import { createPeopleCalls } from "./people/people-calls.ts";
import { askForUpload } from "./media/ask-for-upload.ts";
import { createUpload } from "./media/upload.ts";
import type { Upload } from "./outgoing/file.ts";
import { prepareMessage } from "./outgoing/message.ts";
import { relay } from "./sending.ts";
import { createSession } from "./session.ts";
import type { Settings } from "./settings.ts";
import type { Said } from "./socket/ending.ts";
import { unlink } from "./unlink.ts";

/** A connection that its engine may end for a reason of its own. */
export interface EngineConnection extends Connection {
  end(cause: CloseReason): Promise<void>;
}

/** An attachment of 100 MB over a slow line. */
const PREPARE_MS = 10 * 60_000;

/** An edit that another device was faster than is read, and written anew. */
const APP_STATE_QUESTIONS = 4;

/** What the store still writes at the end is awaited no longer: the close has to be told. */
const SETTLE_MS = 5_000;

/** Causes of ours after which nothing more may leave: the others say goodbye. */
const ABRUPT: ReadonlySet<CloseReason | null> = new Set([
  "STORE_FAILED",
  "BAD_FRAME",
  "UPGRADE_REFUSED",
  "PROXY_FAILED",
  "TIMED_OUT",
]);

export function openConnection(options: OpenOptions, settings: Settings): EngineConnection {
  const { timeouts, step } = settings;
  const log = settings.log.with({ instance: options.instanceId });
  const lifetime = startLifetime();
  const closed = Promise.withResolvers<void>();
  // Baileys queues an account's sends too, but its queue does not notice the end of the socket.
  const sending = new Semaphore(1);
  const logger = baileysLog(log);
  let upload: Upload | undefined;
  let open = false;
  let watchdog = watch();

  function watch(): NodeJS.Timeout {
    return setTimeout(() => {
      const message = `Not connected within ${timeouts.connectMs} ms.`;
      end({ code: null, conflict: null, message }, "TIMED_OUT");
    }, timeouts.connectMs);
  }

  function tell(fact: Fact): Promise<void> | void {
    try {
      return options.report(fact);
    } catch (error) {
      log.error("whoever listens to the connection failed", { error: asError(error) });
    }
  }

  const session = createSession({
    options,
    settings,
    log,
    isOver: () => lifetime.over,
    onEnd: end,
    onPaired() {
      clearTimeout(watchdog);
      watchdog = watch();
    },
    onGroupChange: (jid) => groups.changed(jid),
    onChannelChange: (jid) => channels.changed(jid),
    report(fact) {
      if (lifetime.over) return undefined;
      if (fact.kind === "open") open = true;
      if (fact.kind === "open" || fact.kind === "qr") clearTimeout(watchdog);
      return tell(fact);
    },
  });

  function end(said: Said, cause: CloseReason | null): void {
    if (lifetime.over) return;
    const scanning = session.linking.shown && !session.linked;
    const close = judgeClose({ ...said, scanning, cause });
    lifetime.end();
    clearTimeout(watchdog);
    groups.changed();
    session.stop(ABRUPT.has(cause));
    void settled().then(() => {
      void tell({ kind: "close", close });
      closed.resolve();
    });
  }

  /** The successor reads the state as soon as it hears of the close, so first everything is stored. */
  async function settled(): Promise<void> {
    using deadline = startDeadline(SETTLE_MS);
    await abortable(session.settle(), deadline.signal).catch((error: unknown) => {
      log.warn("the state was not stored in time", { error: asError(error).message });
    });
  }

  function endFor(cause: CloseReason): Promise<void> {
    end({ code: null, conflict: null, message: "The gateway ended the connection." }, cause);
    return closed.promise;
  }

  function opened(): WASocket {
    if (!open || lifetime.over || session.socket === undefined) throw notConnected();
    return session.socket;
  }

  const asked = async (node: BinaryNode): Promise<BinaryNode | undefined> =>
    opened().query(node) as ReturnType<Query>;
  const ask = asker((node) => opened().query(node));
  const groups = createGroupCalls(
    // Silence ends the question itself, with words for it; twice that is for one that never leaves.
    (node, asking) => lifetime.during(ask(node, asking), 2 * timeouts.queryMs),
    session.book,
    session.groups.forget,
  );

  const channels = createChannelCalls((node) => lifetime.during(asked(node), 2 * timeouts.queryMs));

  async function send(...[id, to, prepared, audience]: Parameters<Connection["transmit"]>) {
    if (!isChannel(to)) return relay(opened(), id, to, prepared, audience);
    const ack = await post(opened(), channels.calls, id, to, prepared);
    if (ack) void tell(ack);
  }

  const started = session.start();

  return {
    groups: groups.calls,
    channels: channels.calls,
    people: createPeopleCalls(
      (work) => lifetime.during((async () => work(opened()))(), timeouts.queryMs),
      timeouts.queryMs,
      session.ringing,
      tell,
    ),
    appState: {
      change: (edit) =>
        lifetime.during(
          (async () => {
            opened();
            return session.appState.change(edit);
          })(),
          APP_STATE_QUESTIONS * timeouts.queryMs,
        ),
    },
    async requestPairingCode(phone) {
      const digits = phoneDigits(phone);
      if (digits === undefined) throw new GatewayError("BAD_INPUT", "This is no phone number.");
      await started;
      const { socket, linked, linking } = session;
      if (lifetime.over || linked || socket === undefined) throw notLinking();
      await lifetime.during(linking.requestCode(socket, digits), timeouts.connectMs);
    },
    async lookUp(phone) {
      return lifetime.during(lookUpPhone(opened(), phone), timeouts.queryMs);
    },
    async prepare(content, to) {
      const { query } = opened();
      const { proxy } = options.settings;
      upload ??= createUpload({ query, network: settings.network, logger, proxy });
      const tools = { upload, logger, jid: to, names: () => session.namesIn(to) };
      return lifetime.during(prepareMessage(content, to, tools), PREPARE_MS);
    },
    async transmit(id, to, prepared, audience) {
      const release = await sending.acquire(lifetime.signal);
      step?.("transmit-due");
      // Held until Baileys is done, also when nobody waits any more: the order is what counts.
      const work = (async () => send(id, to, prepared, audience))().finally(release);
      // Two questions may come before a first message, one after the other.
      await lifetime.during(work, 3 * timeouts.queryMs);
      step?.("transmitted");
    },
    uploadAgain: (name, raw) =>
      askForUpload(opened(), name, raw, timeouts.phoneMs, lifetime.signal),
    async logOut() {
      if (open && !lifetime.over) await unlink(opened());
      end({ code: 401, conflict: null, message: "Unlinked by the gateway." }, null);
      await closed.promise;
    },
    close: () => endFor("STOPPED_BY_USER"),
    end: endFor,
  };
}

function notConnected(): GatewayError {
  return new GatewayError("UNAVAILABLE", "The instance is not connected to WhatsApp right now.");
}

function notLinking(): GatewayError {
  return new GatewayError("UNAVAILABLE", "The instance is not waiting to be linked.");
}
