import type { HistoryProgress } from "../domain/history.ts";
import type { HistoryNotice } from "../engine/history.ts";

const NOTHING = { chats: 0, contacts: 0, messages: 0 } as const;

/** How far a history has come with a part of it, or with a page of that. */
export function progressAfter(
  before: HistoryProgress | null,
  { phase, percent }: Pick<HistoryNotice, "phase" | "percent">,
  added: Pick<HistoryProgress, "chats" | "contacts" | "messages"> = NOTHING,
): HistoryProgress {
  return {
    phase,
    percent: percent ?? before?.percent ?? null,
    chats: (before?.chats ?? 0) + added.chats,
    contacts: (before?.contacts ?? 0) + added.contacts,
    messages: (before?.messages ?? 0) + added.messages,
  };
}
