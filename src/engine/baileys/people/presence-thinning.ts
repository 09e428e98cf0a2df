import type { PresenceNews } from "../../../domain/presence.ts";

/** People in chats that are followed at a time, some 500 bytes each; of who is forgotten the same may be told again. */
const FOLLOWED = 1_000;

interface Followed {
  said: string;
  /** The last of what came in the gap. */
  waiting: PresenceNews | undefined;
  timer: NodeJS.Timeout | undefined;
}

export interface Thinning {
  hear(news: PresenceNews): void;
  /** Nothing is told any more. */
  stop(): void;
}

/**
 * Tells of each person in each chat what has changed, at once and then at most once in each gap: what they do at
 * the end is always told, and what they did in between may not be.
 */
export function thinOut(tell: (news: PresenceNews) => void, gapMs: number): Thinning {
  const all = new Map<string, Followed>();

  function say(each: Followed, news: PresenceNews): void {
    each.waiting = undefined;
    if (each.said === wordsOf(news)) return;
    each.said = wordsOf(news);
    each.timer = setTimeout(() => {
      each.timer = undefined;
      if (each.waiting) say(each, each.waiting);
    }, gapMs);
    tell(news);
  }

  function follow(key: string): Followed {
    const known = all.get(key);
    if (known) return known;
    const each: Followed = { said: "", waiting: undefined, timer: undefined };
    all.set(key, each);
    if (all.size > FOLLOWED) forgetOldest();
    return each;
  }

  function forgetOldest(): void {
    const [oldest] = all;
    if (oldest === undefined) return;
    const [key, { timer, waiting, said }] = oldest;
    clearTimeout(timer);
    all.delete(key);
    if (waiting && wordsOf(waiting) !== said) tell(waiting);
  }

  return {
    hear(news) {
      const each = follow(`${news.chat.id} ${news.contact.id}`);
      if (each.timer === undefined) say(each, news);
      else each.waiting = news;
    },
    stop() {
      for (const { timer } of all.values()) clearTimeout(timer);
      all.clear();
    },
  };
}

function wordsOf({ presence, lastSeen }: PresenceNews): string {
  return `${presence} ${lastSeen?.getTime() ?? ""}`;
}
