import { Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import type { Bubble } from "./message.ts";
import { Ticks } from "./ticks.tsx";

interface ConversationLineProps {
  readonly title: string;
  readonly at: string;
  readonly last: Bubble | null;
  readonly unread: number;
  /** So much of the text that one sees why it was found. */
  readonly isFound?: boolean;
}

/** A chat in two lines: who it is, and what was written. */
export function ConversationLine({ title, at, last, unread, isFound }: ConversationLineProps) {
  const words = useWords();
  return (
    <>
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-full bg-raised text-sm font-semibold text-muted"
      >
        {initialsOf(title)}
      </span>
      <span className="min-w-0 grow">
        <span className="flex items-baseline justify-between gap-2">
          <span className={`truncate ${unread > 0 ? "font-semibold" : "font-medium"}`}>
            {title}
          </span>
          <span className={`shrink-0 text-xs ${unread > 0 ? "text-accent-ink" : "text-muted"}`}>
            <Clock at={at} short />
          </span>
        </span>
        <span className="flex items-center gap-1 text-muted">
          {last?.fromMe === true && <Ticks status={last.status} />}
          <span className={`min-w-0 grow ${isFound === true ? "line-clamp-3" : "truncate"}`}>
            {last &&
              (last.deletedAt === null
                ? (last.text ?? words.kinds[last.kind])
                : words.chat.deleted)}
          </span>
          {unread > 0 && (
            <span className="min-w-5 shrink-0 rounded-full bg-accent px-1.5 text-center text-[11px] leading-5 font-semibold text-white tabular-nums">
              <span className="sr-only">{words.chat.unreadCount} </span>
              {unread > 99 ? "99+" : unread}
            </span>
          )}
        </span>
      </span>
    </>
  );
}

/** Letters of a name, or the end of a number. */
function initialsOf(title: string): string {
  if (title.startsWith("+") || /^\d/.test(title)) return title.slice(-2);
  return title
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}
