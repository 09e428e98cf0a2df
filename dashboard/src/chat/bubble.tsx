import { memo } from "react";
import { IconButton } from "../ui/button.tsx";
import { Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import type { Bubble } from "./message.ts";
import { numberOf } from "./message.ts";
import { Attachment } from "./attachment.tsx";
import { React } from "./react.tsx";
import { Ticks } from "./ticks.tsx";

interface BubbleProps {
  readonly message: Bubble;
  readonly quoted: Bubble | undefined;
  readonly showSender: boolean;
  /** Left out where nothing may be sent. */
  readonly onReply: ((message: Bubble) => void) | undefined;
  readonly onReacted: () => void;
}

/** One message: ours on the right, theirs on the left. */
export const BubbleView = memo(function BubbleView({
  message,
  quoted,
  showSender,
  onReply,
  onReacted,
}: BubbleProps) {
  const words = useWords();
  const { fromMe, sender, text, kind, media, status, timestamp, editedAt, deletedAt, error } =
    message;
  return (
    <article
      className={`group flex items-center gap-1 ${fromMe ? "flex-row-reverse" : ""}`}
      aria-label={fromMe ? words.chat.you : (sender.name ?? numberOf(sender.pn ?? sender.id))}
    >
      <div
        className={`max-w-[min(34rem,85%)] rounded-2xl px-3.5 py-2 ${fromMe ? "rounded-br-md bg-bubble" : "rounded-bl-md border border-line bg-surface"}`}
      >
        {showSender && !fromMe && (
          <p className="mb-0.5 text-xs font-semibold text-accent-ink">
            {sender.name ?? numberOf(sender.pn ?? sender.id)}
          </p>
        )}
        {message.quotedId !== null && (
          <p className="mb-1.5 line-clamp-2 rounded-md border-l-3 border-accent bg-raised px-2.5 py-1 text-muted">
            {quoted ? (quoted.text ?? words.kinds[quoted.kind]) : words.chat.earlier}
          </p>
        )}
        {deletedAt === null ? (
          <>
            {media && <Attachment media={media} kind={kind} />}
            {text !== null && (
              <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
            )}
            {text === null && !media && <p className="text-muted italic">{words.kinds[kind]}</p>}
          </>
        ) : (
          <p className="text-muted italic">{words.chat.deleted}</p>
        )}
        {error && <p className="mt-1 text-bad">{error.message}</p>}
        <p className="mt-0.5 flex items-center justify-end gap-1.5 text-[11px] text-muted">
          {editedAt !== null && <span>{words.chat.edited}</span>}
          <Clock at={timestamp} short />
          {fromMe && <Ticks status={status} />}
        </p>
        {message.reactions.length > 0 && (
          <p className="-mb-4 w-fit rounded-full border border-line bg-surface px-2 py-0.5 text-sm">
            {message.reactions.map(({ emoji }) => emoji).join(" ")}
          </p>
        )}
      </div>
      {onReply && (
        <span className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:opacity-60">
          <IconButton icon="reply" label={words.chat.reply} onClick={() => onReply(message)} />
          <React message={message} onReacted={onReacted} />
        </span>
      )}
    </article>
  );
});
