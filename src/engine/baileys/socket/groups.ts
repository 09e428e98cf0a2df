import { ExpiringCache } from "../expiring-cache.ts";
import type { BinaryNode, GroupMetadata } from "../library.ts";

/** Groups of one account that are sent to at a time; up to 1,024 members each, about 100 bytes a member. */
const LIMIT = 32;

/** A change of members is told by a notification; this is for the one that was missed. */
const TTL_MS = 5 * 60_000;

export interface Groups {
  get(jid: string): Promise<GroupMetadata>;
  /** To be called with every `w:gp2` notification: who is in the group may have changed. */
  forget(notification: BinaryNode): void;
}

/** Who is in a group, so that not every message to it asks WhatsApp first. */
export function createGroups(ask: (jid: string) => Promise<GroupMetadata>): Groups {
  const cache = new ExpiringCache(LIMIT, TTL_MS);
  return {
    async get(jid) {
      const known = await cache.get<GroupMetadata>(jid);
      if (known !== undefined) return known;
      const group = await ask(jid);
      cache.set(jid, group);
      return group;
    },
    forget({ attrs }) {
      if (attrs["from"] !== undefined) cache.del(attrs["from"]);
    },
  };
}
