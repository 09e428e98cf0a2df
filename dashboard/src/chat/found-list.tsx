import { Link } from "../shell/link.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { chatAddress } from "./address.ts";
import { ConversationLine } from "./conversation-line.tsx";
import { useFound } from "./conversations.ts";
import type { Bubble } from "./message.ts";
import { keyOf, numberOf } from "./message.ts";

interface FoundListProps {
  readonly instanceId: string;
  readonly text: string;
}

/** The messages with the words that are looked for, each with its chat. */
export function FoundList({ instanceId, text }: FoundListProps) {
  const words = useWords();
  const { found, error } = useFound(instanceId, text);
  if (error && !found) return <Trouble error={error} />;
  if (!found) return <SkeletonRows count={4} />;
  if (found.length === 0) {
    return (
      <Empty icon="search" title={words.chat.notFound}>
        {words.chat.notFoundAbout}
      </Empty>
    );
  }
  return (
    <ul aria-label={words.chat.found} className="min-h-0 grow overflow-y-auto p-2">
      {found.map((message) => (
        <li key={keyOf(message)}>
          <Link
            to={chatAddress(instanceId, message.chat.id)}
            className="flex items-center gap-3 rounded-xl px-3 py-2.5 hover:bg-raised"
          >
            <ConversationLine
              title={writerOf(message)}
              at={message.timestamp}
              last={message}
              unread={0}
              isFound
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Whoever wrote it; of the account's own, to whom. */
function writerOf({ fromMe, chat, sender }: Bubble): string {
  if (fromMe) return numberOf(chat.pn ?? chat.id);
  return sender.name ?? numberOf(sender.pn ?? sender.id);
}
