import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useLayoutEffect, useRef } from "react";
import { Badge } from "../ui/badge.tsx";
import { Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import type { FeedState, ShownEvent } from "./feed.ts";
import { summaryOf } from "./summary.ts";
import { toneOf } from "./tone.ts";

const ROW_PX = 44;

/** Rows above and below the window, so that a quick scroll shows no gap. */
const OVERSCAN = 8;

interface EventListProps {
  readonly feed: FeedState;
  readonly onOpen: (event: ShownEvent) => void;
}

/** The newest first. Only what can be seen is drawn, and what is read stays where it is while others come. */
export function EventList({ feed: { events, seen }, onOpen }: EventListProps) {
  const words = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const known = useRef(seen);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });

  useLayoutEffect(() => {
    const added = seen - known.current;
    known.current = seen;
    const element = frame.current;
    // Whoever has scrolled away from the top reads; at the top one watches.
    if (added > 0 && element && element.scrollTop > ROW_PX / 2) element.scrollTop += added * ROW_PX;
  }, [seen]);

  return (
    <div
      ref={frame}
      role="region"
      aria-label={words.events.list}
      tabIndex={0}
      className="min-h-0 grow overflow-y-auto [overflow-anchor:none]"
    >
      <ul style={{ height: rows.getTotalSize() }} className="relative">
        {rows.getVirtualItems().map(({ index, start }) => {
          const event = events[events.length - 1 - index];
          if (!event) return null;
          return (
            <li
              key={event.id}
              style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              className="absolute inset-x-0 top-0 border-b border-line"
            >
              <Row event={event} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface RowProps {
  readonly event: ShownEvent;
  readonly onOpen: (event: ShownEvent) => void;
}

/** Drawn once: when others come it only moves. */
const Row = memo(function Row({ event, onOpen }: RowProps) {
  const words = useWords();
  return (
    <button
      type="button"
      onClick={() => onOpen(event)}
      className="flex h-full w-full items-center gap-3 px-4 text-left hover:bg-raised focus-visible:-outline-offset-2"
    >
      <span className="w-24 shrink-0 text-xs text-muted max-sm:w-16">
        <Clock at={event.occurredAt} />
      </span>
      <span className="w-48 shrink-0 max-sm:w-auto">
        <Badge tone={toneOf(event.type)}>{event.type}</Badge>
      </span>
      <span className="w-32 shrink-0 truncate font-mono text-xs text-muted max-md:hidden">
        {event.instanceId}
      </span>
      <span className="min-w-0 grow truncate">{summaryOf(event, words)}</span>
    </button>
  );
});
