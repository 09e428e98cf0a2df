import type { DragEvent } from "react";
import { useState } from "react";
import { useMay } from "../api/session.ts";
import { Link } from "../shell/link.tsx";
import { Icon } from "../ui/icon.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { Composer } from "./composer.tsx";
import type { Bubble } from "./message.ts";
import { titleOf, useConversation } from "./conversations.ts";
import { useThread } from "./thread.ts";
import { MarkReadButton } from "./mark-read-button.tsx";
import { MessageList } from "./message-list.tsx";
import { chatAddress } from "./address.ts";
import { useOutbox } from "./use-outbox.ts";

interface ThreadPaneProps {
  readonly instanceId: string;
  readonly chatId: string;
}

/** One conversation. Files may be dropped anywhere on it. */
export function ThreadPane({ instanceId, chatId }: ThreadPaneProps) {
  const words = useWords();
  const thread = useThread(instanceId, chatId);
  const [quoted, setQuoted] = useState<Bubble>();
  const [isOver, setOver] = useState(false);
  const maySend = useMay("messages:send");
  const outbox = useOutbox(words.chat, { instanceId, chatId, onSent: thread.add });
  const chat = useConversation(instanceId, chatId);
  const { messages } = thread;
  const known = chat ?? { id: chatId, pn: null, name: null, kind: null, unreadCount: 0 };
  const number = titleOf({ ...known, name: null });
  const title = titleOf(known);

  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    for (const file of event.dataTransfer.files) outbox.sendFile(file, "", quoted);
    setQuoted(undefined);
  };
  return (
    <section
      aria-label={title}
      className="relative flex min-h-0 min-w-0 flex-col"
      onDragOver={(event) => {
        if (!maySend || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={dropped}
    >
      <header className="flex h-16 shrink-0 items-center gap-3 border-b border-line bg-surface px-4">
        <Link
          to={chatAddress(instanceId)}
          aria-label={words.chat.back}
          className="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised md:hidden"
        >
          <Icon name="back" />
        </Link>
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold">{title}</h2>
          <p className="truncate text-xs text-muted tabular-nums">
            {title === number ? known.id : number}
          </p>
        </div>
        {maySend && known.unreadCount > 0 && (
          <MarkReadButton instanceId={instanceId} chatId={known.id} />
        )}
      </header>
      {thread.error && !messages && (
        <div className="p-4">
          <Trouble error={thread.error} />
        </div>
      )}
      {!messages && !thread.error && (
        <div className="grow">
          <SkeletonRows count={6} />
        </div>
      )}
      {messages?.length === 0 && (
        <div className="grow">
          <Empty icon="chat" title={words.chat.empty}>
            {words.chat.emptyAbout}
          </Empty>
        </div>
      )}
      {messages && messages.length > 0 && (
        <MessageList
          messages={messages}
          older={thread.older}
          showSenders={known.kind === "GROUP"}
          onReacted={thread.refresh}
          onReply={maySend ? setQuoted : undefined}
        />
      )}
      {outbox.waiting.length > 0 && (
        <ul role="status" className="border-t border-line bg-surface px-5 py-2 text-muted">
          {outbox.waiting.map(({ id, name }) => (
            <li key={id} className="animate-shimmer truncate">
              {words.chat.sending(name)}
            </li>
          ))}
        </ul>
      )}
      {maySend && messages && (
        <Composer
          quoted={quoted}
          onUnquote={() => setQuoted(undefined)}
          onText={(text) => {
            outbox.sendText(text, quoted);
            setQuoted(undefined);
          }}
          onVoiceNote={(recording) => {
            outbox.sendVoiceNote(recording, quoted);
            setQuoted(undefined);
          }}
          onFiles={(files, caption) => {
            for (const file of files) outbox.sendFile(file, caption, quoted);
            setQuoted(undefined);
          }}
        />
      )}
      {isOver && (
        <p className="pointer-events-none absolute inset-3 grid place-items-center rounded-2xl border-2 border-dashed border-accent bg-accent-soft text-base font-semibold text-accent-ink">
          {words.chat.drop}
        </p>
      )}
    </section>
  );
}
