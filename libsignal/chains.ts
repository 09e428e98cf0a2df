import { fromBaileys } from "./curve.ts";

/**
 * How many ended chains of a session are kept for messages that come late: as many as Signal's own
 * libsignal keeps receiver chains (its MAX_RECEIVER_CHAINS).
 */
const ENDED_CHAINS = 5;

interface Chain {
  /** Without its key it has ended: only the keys of messages that it has skipped are left. */
  readonly chainKey: { readonly key?: string };
}

interface SerializedSession {
  _chains: Readonly<Record<string, Chain>>;
}

const prototype = Object.getPrototypeOf(
  (fromBaileys("libsignal/src/session_record.js") as { createEntry(): object }).createEntry(),
) as { serialize(): SerializedSession };

const whole = prototype.serialize;

/**
 * Whenever two people take turns, each message begins a new chain, and the JavaScript of libsignal keeps
 * every one for ever: the session of a chat of 10,000 turns has a megabyte, which each further message
 * reads, seals and writes again. What is stored has the latest of them.
 */
prototype.serialize = function serialize(this: object) {
  const session = whole.call(this);
  const chains = Object.entries(session._chains);
  const ended = chains.filter(([, { chainKey }]) => chainKey.key === undefined);
  // In the order in which they began.
  const dropped = new Set(ended.slice(0, -ENDED_CHAINS).map(([id]) => id));
  session._chains = Object.fromEntries(chains.filter(([id]) => !dropped.has(id)));
  return session;
};
