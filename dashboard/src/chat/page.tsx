import { useDeferredValue, useEffect, useState } from "react";
import { useInstances } from "../instances/use-instances.ts";
import { go } from "../shell/route.ts";
import { SearchField, Select } from "../ui/field.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { chatAddress } from "./address.ts";
import { ConversationList } from "./conversation-list.tsx";
import { FoundList } from "./found-list.tsx";
import { NewChat } from "./new-chat.tsx";
import { ThreadPane } from "./thread-pane.tsx";

interface ChatPageProps {
  readonly instanceId: string | undefined;
  readonly chatId: string | undefined;
}

/** Conversations beside the one that is open; on a phone one at a time. */
export function ChatPage({ instanceId, chatId }: ChatPageProps) {
  const words = useWords();
  const { list, error, again } = useInstances();
  const [sought, setSought] = useState("");
  const text = useDeferredValue(sought).trim();
  const chosen = instanceId ?? list?.find(({ status }) => status === "OPEN")?.id ?? list?.[0]?.id;
  useEffect(() => {
    document.title = `${words.chat.title} · wagraph`;
  }, [words]);

  if (error && !list) return <Trouble error={error} again={again} />;
  if (!list) return <SkeletonRows count={8} />;
  if (chosen === undefined) {
    return (
      <Empty icon="chat" title={words.chat.noInstance}>
        {words.chat.noInstanceAbout}
      </Empty>
    );
  }
  return (
    <div data-full className="grid h-full min-h-0 md:grid-cols-[20rem_1fr]">
      <section
        aria-label={words.chat.conversations}
        className={`flex min-h-0 flex-col border-r border-line bg-surface ${chatId === undefined ? "" : "max-md:hidden"}`}
      >
        <header className="flex flex-col gap-3 border-b border-line p-4">
          <h1 className="text-lg font-semibold tracking-tight">{words.chat.title}</h1>
          <Select
            bare
            label={words.events.instance}
            value={chosen}
            onChange={({ target }) => go(chatAddress(target.value))}
            options={list.map(({ id, name, phoneNumber }) => [
              id,
              `${name ?? id}${phoneNumber === null ? "" : ` · +${phoneNumber}`}`,
            ])}
          />
          <NewChat key={chosen} instanceId={chosen} />
          <SearchField value={sought} onChange={setSought} label={words.chat.search} />
        </header>
        {text === "" ? (
          <ConversationList key={chosen} instanceId={chosen} chatId={chatId} />
        ) : (
          <FoundList instanceId={chosen} text={text} />
        )}
      </section>
      {chatId === undefined ? (
        <div className="hidden place-items-center md:grid">
          <Empty icon="chat" title={words.chat.choose}>
            {words.chat.chooseAbout}
          </Empty>
        </div>
      ) : (
        <ThreadPane key={`${chosen} ${chatId}`} instanceId={chosen} chatId={chatId} />
      )}
    </div>
  );
}
