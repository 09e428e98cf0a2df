import { CancelMessageDocument } from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useMay } from "../api/session.ts";
import { numberOf } from "../chat/message.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Clock } from "../ui/time.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import type { Waiting } from "./queue.ts";

interface WaitingListProps {
  readonly title?: string;
  readonly instanceId: string;
  readonly messages: readonly Waiting[];
  readonly hasMore: boolean;
  readonly onChange: () => void;
}

/** Messages that wait, each to be taken back until it is under way. Nothing at all where there are none. */
export function WaitingList({ title, instanceId, messages, hasMore, onChange }: WaitingListProps) {
  const words = useWords();
  const { busy, run } = useDoing();
  const maySend = useMay("messages:send");
  if (messages.length === 0) return undefined;
  return (
    <section aria-label={title ?? words.queue.title} className="border-t border-line">
      {title !== undefined && <h3 className="px-5 pt-3 text-xs font-medium text-muted">{title}</h3>}
      <ul className="divide-y divide-line">
        {messages.map((message) => (
          <li
            key={message.uid ?? message.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-2.5"
          >
            <span className="w-36 shrink-0 truncate tabular-nums">
              {numberOf(message.chat.pn ?? message.chat.id)}
            </span>
            <span className="min-w-0 grow basis-40 truncate text-muted">
              {message.text ?? words.kinds[message.kind]}
            </span>
            {message.scheduledAt === null ? (
              <Badge tone={message.status === "SENDING" ? "info" : "calm"}>
                {words.messageStatus[message.status ?? "QUEUED"]}
              </Badge>
            ) : (
              <Clock at={message.scheduledAt} />
            )}
            {maySend && (
              <Button
                kind="quiet"
                busy={busy}
                disabled={message.status !== "QUEUED"}
                onClick={() =>
                  void run(
                    () => change(CancelMessageDocument, { instanceId, id: message.id }),
                    words.queue.cancelled,
                  ).then(onChange)
                }
              >
                {words.queue.cancel}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {hasMore && <p className="border-t border-line px-5 py-3 text-muted">{words.queue.more}</p>}
    </section>
  );
}
