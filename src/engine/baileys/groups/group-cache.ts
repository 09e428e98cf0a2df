import { GatewayError } from "../../../domain/errors.ts";
import type { Group } from "../../../domain/group-facts.ts";
import { Queue } from "../../../lib/queue.ts";
import { createAnswerCache } from "../asking/answer-cache.ts";

export interface GroupCacheNeeds {
  readonly one: (jid: string) => Promise<Group>;
  readonly all: () => Promise<readonly Group[]>;
}

/** What is known of the groups of one connection. */
export interface GroupCache {
  get(jid: string): Promise<Group>;
  list(): Promise<readonly Group[]>;
  /** To be called when something about a group has changed; about all of them where none is named. */
  forget(jid?: string): void;
}

/**
 * How long the list of all groups is kept, in milliseconds. WhatsApp refuses who asks for it every few seconds,
 * as paging does; and it can be some megabytes, which nobody needs who does not ask.
 */
const KEPT_MS = 5 * 60_000;

/** So many groups are asked for one by one when they have changed; beyond, the whole list costs less. */
const MOST_CHANGED = 10;

export function createGroupCache({ one, all }: GroupCacheNeeds): GroupCache {
  const singles = createAnswerCache(one);
  // One refresh after the other: the second asks only for what has changed since the first.
  const refreshes = new Queue();
  /** Those that have changed since the list was asked for. */
  const changed = new Set<string>();
  let listed: Map<string, Group> | undefined;
  let drops = 0;
  let expiry: NodeJS.Timeout | undefined;

  function drop(): void {
    drops += 1;
    clearTimeout(expiry);
    listed = undefined;
  }

  async function askForAll(): Promise<Map<string, Group>> {
    drop();
    changed.clear();
    const before = drops;
    const groups = new Map((await all()).map((group) => [group.id as string, group]));
    if (before !== drops) return groups;
    listed = groups;
    expiry = setTimeout(drop, KEPT_MS).unref();
    return groups;
  }

  async function refresh(): Promise<Map<string, Group>> {
    const kept = changed.size > MOST_CHANGED ? undefined : listed;
    const groups = kept ?? (await askForAll());
    const due = [...changed];
    for (const jid of due) {
      changed.delete(jid);
      try {
        groups.set(jid, await one(jid));
      } catch (error) {
        if (!isGone(error)) {
          changed.add(jid);
          throw error;
        }
        groups.delete(jid);
      }
    }
    return groups;
  }

  return {
    async get(jid) {
      const known = changed.has(jid) ? undefined : listed?.get(jid);
      return known ?? singles.get(jid);
    },
    async list() {
      let groups: readonly Group[] = [];
      // The queue remembers what its last work gave, and is to remember nothing.
      await refreshes.run(async () => {
        groups = [...(await refresh()).values()];
      });
      return groups;
    },
    forget(jid) {
      singles.forget(jid);
      if (jid === undefined) drop();
      // One more than are asked for one by one says that it is too many.
      else if (changed.size <= MOST_CHANGED) changed.add(jid);
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof GatewayError && error.code === "GROUP_NOT_FOUND";
}
