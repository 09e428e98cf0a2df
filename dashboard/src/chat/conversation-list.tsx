import { useState } from "react";
import { Link } from "../shell/link.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { chatAddress } from "./address.ts";
import { ConversationLine } from "./conversation-line.tsx";
import type { Which } from "./conversations.ts";
import { titleOf, useConversations, WHICH } from "./conversations.ts";

interface ConversationListProps {
  readonly instanceId: string;
  readonly chatId: string | undefined;
}

export function ConversationList({ instanceId, chatId }: ConversationListProps) {
  const words = useWords();
  const [which, setWhich] = useState<Which>("all");
  const { list, error, again, older } = useConversations(instanceId, which);
  if (error && !list) return <Trouble error={error} again={again} />;
  return (
    <>
      <div role="group" aria-label={words.chat.which} className="flex gap-1 px-4 pt-3">
        {WHICH.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={which === each}
            onClick={() => setWhich(each)}
            className="rounded-full px-3 py-1 text-xs font-medium text-muted hover:bg-raised aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          >
            {words.chat.pills[each]}
          </button>
        ))}
      </div>
      {!list && <SkeletonRows count={6} />}
      {list?.length === 0 && (
        <Empty icon="chat" title={words.chat.nothing[which]}>
          {words.chat.nothingAbout[which]}
        </Empty>
      )}
      {list && list.length > 0 && (
        <ul className="min-h-0 grow overflow-y-auto p-2">
          {list.map((chat) => (
            <li key={chat.id}>
              <Link
                to={chatAddress(instanceId, chat.id)}
                aria-current={chat.id === chatId || chat.pn === chatId ? "page" : undefined}
                className="flex items-center gap-3 rounded-xl px-3 py-2.5 hover:bg-raised aria-[current]:bg-accent-soft"
              >
                <ConversationLine
                  title={titleOf(chat)}
                  at={chat.activeAt}
                  last={chat.lastMessage}
                  unread={chat.unreadCount}
                />
              </Link>
            </li>
          ))}
          {older && (
            <li className="grid place-items-center p-2">
              <Button kind="quiet" onClick={older}>
                {words.more}
              </Button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}
