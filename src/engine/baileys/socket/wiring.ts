import { addressOf } from "../../../domain/address.ts";
import { asError } from "../../../domain/errors.ts";
import type { CloseReason } from "../../../domain/instance.ts";
import type { Step } from "../../../domain/steps.ts";
import type { Log } from "../../../lib/log.ts";
import type { Fact, OpenOptions } from "../../engine.ts";
import type { AddressBook } from "../address-book.ts";
import { resentOf } from "../inbox/resent.ts";
import type { Stanzas } from "../inbox/stanzas.ts";
import type { Ringing } from "../people/ringing.ts";
import type { PresenceReader } from "../people/presence-news.ts";
import type { AuthenticationCreds, BinaryNode, WASocket } from "../library.ts";
import { withheldOf } from "../translate/withheld.ts";
import { channelFactOf } from "../translate/channel.ts";
import { channelNewsOf } from "../translate/channel-news.ts";
import type { Self } from "../translate/envelope.ts";
import { newsOf } from "../translate/news.ts";
import { type Said, saidBy } from "./ending.ts";
import type { AnswerCache } from "../asking/answer-cache.ts";
import { holdUntilStored } from "./hold.ts";
import { takeInTurn } from "./in-turn.ts";
import type { Linking } from "./linking.ts";
import { ackOf, readOf, receiptOf } from "./receipts.ts";
import { restrictionOfCapping, restrictionOfTimeLock } from "./restrictions.ts";

export interface Wires {
  readonly stanzas: Stanzas;
  readonly groups: Pick<AnswerCache<unknown>, "forget">;
  readonly onGroupChange: (jid?: string) => void;
  /** Something about a channel has changed; about any of them where none is named. */
  readonly onChannelChange: (jid?: string) => void;
  readonly presences: Pick<PresenceReader, "read">;
  readonly ringing: Pick<Ringing, "observe">;
  readonly linking: Linking;
  readonly book: AddressBook;
  readonly self: () => Self | undefined;
  readonly creds: AuthenticationCreds;
  readonly save: () => void;
  readonly report: OpenOptions["report"];
  readonly onEnd: (said: Said, cause: CloseReason | null) => void;
  readonly onPaired: () => void;
  /** WhatsApp lets the account in. */
  readonly onOpen: () => void;
  /** Learns what other devices have done, before WhatsApp hears that we have it. */
  readonly syncAppState: (node: BinaryNode) => Promise<void>;
  readonly isOver: () => boolean;
  readonly log: Log;
  readonly step: Step | undefined;
}

/** Baileys gives an account this name while a pairing code is out. */
const NO_NAME = "~";

/** Listens to what the socket and Baileys say, and reports it in our words. */
export function wire({ ws, ev }: WASocket, wires: Wires): void {
  const { report, creds, self, log } = wires;

  /** An error in a listener of ours would otherwise surface inside Baileys, as a bad frame. */
  const guarded =
    <T>(listener: (value: T) => void) =>
    (value: T): void => {
      try {
        listener(value);
      } catch (error) {
        log.error("a listener on the socket failed", { error: asError(error) });
      }
    };
  const tell = (fact: Fact | undefined): void => {
    if (fact !== undefined) void report(fact);
  };

  const forgetGroup = (jid?: string): void => {
    wires.groups.forget(jid);
    wires.onGroupChange(jid);
  };

  ws.on("frame", guarded(wires.stanzas.observe));
  const held = {
    isOver: wires.isOver,
    failed(error: unknown) {
      wires.onEnd(saidBy(asError(error)), "STORE_FAILED");
    },
  };
  const turns = takeInTurn(ws, {
    ...held,
    async store(node) {
      const fact = await channelFactOf(node, self(), wires.book, log);
      if (fact) return report(fact);
      const message = await withheldOf(node, self(), wires.book);
      if (message) await report({ kind: "message", message });
    },
    badFrame(error) {
      // Answering on a socket that is closing fails too, and its close is about to be told.
      if (ws.isOpen) wires.onEnd(saidBy(asError(error)), "BAD_FRAME");
    },
  });
  ws.on(
    "CB:ack,class:message",
    guarded((node: BinaryNode) => tell(ackOf(node))),
  );
  const storeNews = async (node: BinaryNode) => {
    if (node.attrs["type"] === "server_sync") return wires.syncAppState(node);
    const news = await newsOf(node, wires.book);
    if (news?.event.type === "call") wires.ringing.observe(node, news.event.call);
    if (news) await report(news);
  };
  const storeReceipt = async (node: BinaryNode) => {
    const me = self();
    const read = me && readOf(node, me);
    // The phone reads faster than we decrypt: what it has read comes first.
    if (read) await turns.settled();
    const fact = read ?? receiptOf(node);
    if (fact) await report(fact);
  };
  holdUntilStored(ws, "receipt", { ...held, store: storeReceipt });
  holdUntilStored(ws, "notification", { ...held, store: storeNews });
  holdUntilStored(ws, "call", { ...held, store: storeNews });
  ws.on(
    "CB:notification,type:w:gp2",
    guarded(({ attrs }: BinaryNode) => forgetGroup(attrs["from"])),
  );
  // Of what is told like this only channels are kept.
  ws.on(
    "CB:notification,type:mex",
    guarded((node: BinaryNode) => wires.onChannelChange(channelNewsOf(node)?.channel.id)),
  );
  // WhatsApp's word for changes that it has not told one by one.
  ws.on(
    "CB:ib,,dirty",
    guarded(() => forgetGroup()),
  );
  ws.on("CB:presence", guarded(wires.presences.read));
  ws.on("CB:chatstate", guarded(wires.presences.read));

  ev.on(
    "messages.upsert",
    guarded((upsert) => {
      // Baileys tells of a message only after its receipt has left.
      wires.step?.("receipt-sent");
      const me = self();
      if (me === undefined) return;
      resentOf(upsert, me, wires.book, turns.waited)
        .then((messages) => messages.forEach((message) => tell({ kind: "message", message })))
        .catch((error: unknown) => log.error("a message was not reported", { error }));
    }),
  );

  let name = creds.me?.name;
  ev.on(
    "creds.update",
    guarded(() => {
      wires.save();
      const current = creds.me?.name;
      if (!current || current === NO_NAME || current === name || !creds.account) return;
      name = current;
      tell({ kind: "profile-name", name });
    }),
  );

  ev.on(
    "connection.update",
    guarded(({ qr, isNewLogin, connection, lastDisconnect, reachoutTimeLock }) => {
      if (reachoutTimeLock) {
        const restriction = restrictionOfTimeLock(reachoutTimeLock, new Date());
        tell({ kind: "restriction", about: "REACHOUT_TIMELOCK", restriction });
      }
      if (qr) wires.linking.show(qr);
      if (isNewLogin) wires.onPaired();
      if (connection === "open" && creds.me) {
        const { id, lid, name: called } = creds.me;
        tell({ kind: "open", me: addressOf(id, lid), name: called ?? null });
        wires.onOpen();
      }
      if (connection === "close") wires.onEnd(saidBy(lastDisconnect?.error), null);
    }),
  );

  ev.on(
    "message-capping.update",
    guarded((cap) => {
      const restriction = restrictionOfCapping(cap, new Date());
      if (restriction === undefined) return;
      tell({ kind: "restriction", about: "MESSAGE_CAPPING", restriction });
    }),
  );
}
