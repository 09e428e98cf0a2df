import { Link } from "../shell/link.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import { useConversations } from "./data.ts";
import { chatAddress } from "./address.ts";
import { Ticks } from "./ticks.tsx";

interface ConversationListProps {
  readonly instanceId: string;
  readonly chatId: string | undefined;
}

export function ConversationList({ instanceId, chatId }: ConversationListProps) {
  const words = useWords();
  const { list, error, again } = useConversations(instanceId);
  if (error && !list) return <Trouble error={error} again={again} />;
  if (!list) return <SkeletonRows count={6} />;
  if (list.length === 0) {
    return (
      <Empty icon="chat" title={words.chat.none}>
        {words.chat.noneAbout}
      </Empty>
    );
  }
  return (
    <ul className="min-h-0 grow overflow-y-auto p-2">
      {list.map(({ id, title, last }) => (
        <li key={id}>
          <Link
            to={chatAddress(instanceId, id)}
            aria-current={id === chatId || last.chat.pn === chatId ? "page" : undefined}
            className="flex items-center gap-3 rounded-xl px-3 py-2.5 hover:bg-raised aria-[current]:bg-accent-soft"
          >
            <span
              aria-hidden="true"
              className="grid size-10 shrink-0 place-items-center rounded-full bg-raised text-sm font-semibold text-muted"
            >
              {initialsOf(title)}
            </span>
            <span className="min-w-0 grow">
              <span className="flex items-baseline justify-between gap-2">
                <span className="truncate font-medium">{title}</span>
                <span className="shrink-0 text-xs text-muted">
                  <Clock at={last.timestamp} short />
                </span>
              </span>
              <span className="flex items-center gap-1 text-muted">
                {last.fromMe && <Ticks status={last.status} />}
                <span className="truncate">
                  {last.deletedAt === null
                    ? (last.text ?? words.kinds[last.kind])
                    : words.chat.deleted}
                </span>
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
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
