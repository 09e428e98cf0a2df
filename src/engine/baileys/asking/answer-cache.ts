import { ExpiringCache } from "../expiring-cache.ts";

/** Groups or channels of one account that are in use at a time; groups have up to 1,024 members, about 100 bytes a member. */
const LIMIT = 32;

/** A change is told by a notification; this is for the one that was missed. */
const TTL_MS = 5 * 60_000;

/** What WhatsApp says of groups or channels, each by its JID. */
export interface AnswerCache<T> {
  get(jid: string): Promise<T>;
  /** To be called when something about it has changed, such as who is in a group; or about all, where none is named. */
  forget(jid?: string): void;
}

/**
 * What is known already, so that not every message to a group asks WhatsApp first. Who asks while somebody else
 * does gets the same answer; one that was overtaken by a change is not kept.
 */
export function createAnswerCache<T>(ask: (jid: string) => Promise<T>): AnswerCache<T> {
  const cache = new ExpiringCache(LIMIT, TTL_MS);
  const asked = new Map<string, Promise<T>>();

  async function askAndKeep(jid: string): Promise<T> {
    const answer = ask(jid);
    asked.set(jid, answer);
    try {
      const said = await answer;
      if (asked.get(jid) === answer) cache.set(jid, said);
      return said;
    } finally {
      if (asked.get(jid) === answer) asked.delete(jid);
    }
  }

  return {
    async get(jid) {
      const known = await cache.get<T>(jid);
      return known ?? asked.get(jid) ?? askAndKeep(jid);
    },
    forget(jid) {
      if (jid === undefined) {
        cache.flushAll();
        asked.clear();
        return;
      }
      cache.del(jid);
      asked.delete(jid);
    },
  };
}
