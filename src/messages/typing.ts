import { asError } from "../domain/errors.ts";
import type { Jid } from "../domain/ids.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import type { Typing } from "../domain/presence.ts";
import type { Connection } from "../instances/instances.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import type { Log } from "../lib/log.ts";
import type { OutboxItem } from "./outbox.ts";

/** Phones show it for some 25 seconds and no longer, so it is said again before. In milliseconds. */
const AGAIN_MS = 10_000;

/** No person types in more chats at once. What comes when there are so many is sent without it, and delays nobody. */
const TYPED_AT_ONCE = 100;

interface Show {
  readonly over: NodeJS.Timeout;
  readonly again: NodeJS.Timeout;
}

type Shows = Pick<Connection, "people">;

/**
 * Chats in which the account is shown to type before its message leaves. That message and later ones of the chat
 * wait, other chats go on.
 */
export class TypingShows {
  readonly #shows = new Map<Jid, Show>();
  /** The messages before which it was shown, until they leave. */
  readonly #shown = new BoundedMap<string, true>(2 * TYPED_AT_ONCE);
  readonly #over: () => void;
  readonly #log: Log;

  constructor(over: () => void, log: Log) {
    this.#over = over;
    this.#log = log;
  }

  get chats(): readonly Jid[] {
    return [...this.#shows.keys()];
  }

  has(chat: Jid): boolean {
    return this.#shows.has(chat);
  }

  /** Whether it is still to be shown before this message. */
  isDue(item: OutboxItem): boolean {
    return msOf(item) > 0 && !this.wasShown(item) && this.#shows.size < TYPED_AT_ONCE;
  }

  wasShown({ uid }: OutboxItem): boolean {
    return this.#shown.get(uid) === true;
  }

  /** @param chat by which the queue knows the chat, and `to` by which WhatsApp is told */
  begin(connection: Shows, item: OutboxItem, chat: Jid, to: Jid): void {
    const { content } = item.intent ?? {};
    const say = () => this.#say(connection, to, content && kindOf(content));
    this.#shown.set(item.uid, true);
    say();
    const again = setInterval(say, AGAIN_MS);
    const over = setTimeout(() => {
      clearInterval(again);
      this.#shows.delete(chat);
      this.#over();
    }, msOf(item));
    this.#shows.set(chat, { over, again });
  }

  /** Its message is about to leave, or will never. */
  end(connection: Shows, item: OutboxItem, to: Jid): void {
    if (!this.wasShown(item)) return;
    this.#shown.delete(item.uid);
    this.#say(connection, to, "PAUSED");
  }

  /** The connection is gone, and with it what was shown: on the next one it is shown anew. */
  clear(): void {
    for (const { over, again } of this.#shows.values()) {
      clearTimeout(over);
      clearInterval(again);
    }
    this.#shows.clear();
    this.#shown.clear();
  }

  /** A nicety: what comes of it holds up no message. */
  #say({ people }: Shows, to: Jid, typing: Typing = "COMPOSING"): void {
    people.showTyping(to, typing).catch((error: unknown) => {
      this.#log.debug("typing could not be shown", { error: asError(error).message });
    });
  }
}

/** What was encoded before may have left already: nothing is shown before it leaves again. */
function msOf({ intent, raw }: OutboxItem): number {
  return raw ? 0 : (intent?.typingMs ?? 0);
}

function kindOf(content: OutgoingContent): Typing {
  if (content.kind !== "AUDIO") return "COMPOSING";
  const form = "media" in content ? content.media.form : content.form;
  const isVoice = form === "VOICE_NOTE";
  return isVoice ? "RECORDING" : "COMPOSING";
}
