import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef } from "react";
import { useWords } from "../words/words.ts";
import { BubbleView } from "./bubble.tsx";
import type { Bubble } from "./message.ts";
import { keyOf } from "./message.ts";

/** A line or two of text; each is measured when it is drawn. */
const USUAL_PX = 60;
const OVERSCAN = 10;

/** So near to an end counts as being there. */
const NEAR_PX = 80;

interface MessageListProps {
  readonly messages: readonly Bubble[];
  readonly older: (() => Promise<void>) | undefined;
  readonly showSenders: boolean;
  readonly onReply: ((message: Bubble) => void) | undefined;
  readonly onReacted: () => void;
}

/** The newest at the bottom. Only what can be seen is drawn; older ones are read as one comes to them. */
export function MessageList({
  messages,
  older,
  showSenders,
  onReply,
  onReacted,
}: MessageListProps) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const isLoading = useRef(false);
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => frame.current,
    estimateSize: () => USUAL_PX,
    getItemKey: (index) => {
      const message = messages[index];
      return message ? keyOf(message) : index;
    },
    overscan: OVERSCAN,
  });
  const size = rows.getTotalSize();
  const firstKey = messages[0] && keyOf(messages[0]);
  const before = useRef({ firstKey, size });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const grown = size - before.current.size;
    // What was put in front must not push away what is being read.
    if (before.current.firstKey !== firstKey) element.scrollTop += grown;
    else if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    before.current = { firstKey, size };
  }, [firstKey, size]);

  const byId = useMemo(() => new Map(messages.map((each) => [each.id, each])), [messages]);

  async function scrolled(): Promise<void> {
    const element = frame.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    if (element.scrollTop > NEAR_PX || !older || isLoading.current) return;
    isLoading.current = true;
    try {
      await older();
    } finally {
      isLoading.current = false;
    }
  }

  return (
    <div
      ref={frame}
      onScroll={() => void scrolled()}
      role="log"
      aria-label={words.chat.messages}
      tabIndex={0}
      className="flex min-h-0 grow flex-col overflow-y-auto px-4 py-4 [overflow-anchor:none]"
    >
      <div className="relative mx-auto mt-auto w-full max-w-3xl shrink-0" style={{ height: size }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const message = messages[index];
          if (!message) return null;
          return (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
              className="absolute inset-x-0 top-0 pb-1.5"
            >
              <BubbleView
                message={message}
                quoted={message.quotedId === null ? undefined : byId.get(message.quotedId)}
                showSender={showSenders}
                onReply={onReply}
                onReacted={onReacted}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
