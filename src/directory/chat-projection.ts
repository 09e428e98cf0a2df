import type { EventDraft } from "../domain/event.ts";
import type { Projection } from "../events/append.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { type ContactBook, createContactBook } from "./contact-book.ts";
import type { Renamed } from "./contact-sightings.ts";
import { chatNewsOf } from "./chat-news.ts";
import { foldChats, writeChats } from "./chat-rows.ts";

/**
 * Chats and contacts follow the log: they are written in the transaction of the events that tell of them, so
 * that no crash leaves them behind. A name that has changed is an event of its own.
 */
export function chatProjection(
  now: () => number = steadyNow,
  book: ContactBook = createContactBook(now),
): Projection {
  return {
    async record(tx, outcomes) {
      const drafts = outcomes.flatMap((each) => (each.kind === "logged" ? [each.draft] : []));
      if (drafts.some(({ event }) => event.type === "instance.deleted")) {
        tx.afterCommit(() => book.forget());
      }
      const news = drafts.flatMap((draft) => chatNewsOf(draft) ?? []);
      if (news.length === 0) return [];
      const sightings = news.flatMap(({ people }) => people);
      const { addressOf, renamed } = await book.settle(tx, sightings);
      await writeChats(tx, foldChats(news, addressOf));
      return renamed.map((each) => draftOf(each, now()));
    },
  };
}

function draftOf({ person, previousName }: Renamed, now: number): EventDraft {
  const { instanceId, id, pn, lid, pushName } = person;
  const contact = { id, pn, lid, name: pushName };
  return {
    instanceId,
    event: { type: "contact.update", contact, previousName },
    occurredAt: new Date(now),
    whileOffline: false,
    // It follows from an event whose ownership was checked in this transaction.
    epoch: null,
  };
}
