import { useState } from "react";
import { CancelMessageDocument } from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useMay } from "../api/session.ts";
import { numberOf } from "../chat/message.ts";
import { TONES } from "../instances/status.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/page.tsx";
import { Clock } from "../ui/time.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { PacingDialog } from "./pacing-dialog.tsx";
import type { Queue } from "./queue.ts";

interface QueueCardProps {
  readonly queue: Queue;
  readonly onChange: () => void;
}

/** One account's queue: its pace, what WhatsApp restricts, and each message that waits. */
export function QueueCard({ queue, onChange }: QueueCardProps) {
  const words = useWords();
  const { id, name, status, pacing, restriction } = queue;
  const [isOpen, setOpen] = useState(false);
  const { busy, run } = useDoing();
  const maySend = useMay("messages:send");
  const mayWrite = useMay("instances:write");
  const waiting = queue.messages.edges.map(({ node }) => node);
  return (
    <Card label={name ?? id}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4">
        <h2 className="font-semibold">{name ?? id}</h2>
        <Badge tone={TONES[status]}>{words.status[status]}</Badge>
        <p className="grow text-muted tabular-nums">
          {pacing ? words.queue.pace(pacing.perMinute, pacing.burst) : words.queue.unpaced}
        </p>
        {mayWrite && <Button onClick={() => setOpen(true)}>{words.queue.setPace}</Button>}
      </header>
      {restriction && (
        <p className="mx-5 mb-4 rounded-lg bg-bad-soft px-4 py-2.5 text-bad">
          {restriction.explanation}{" "}
          {restriction.until !== null && (
            <>
              {words.queue.until} <Clock at={restriction.until} />
            </>
          )}
        </p>
      )}
      {waiting.length === 0 ? (
        <p className="border-t border-line px-5 py-4 text-muted">{words.queue.nothing}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {waiting.map((message) => (
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
              <Badge tone={message.status === "SENDING" ? "info" : "calm"}>
                {words.messageStatus[message.status ?? "QUEUED"]}
              </Badge>
              {maySend && (
                <Button
                  kind="quiet"
                  busy={busy}
                  disabled={message.status !== "QUEUED"}
                  onClick={() =>
                    void run(
                      () => change(CancelMessageDocument, { instanceId: id, id: message.id }),
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
      )}
      {queue.messages.pageInfo.hasNextPage && (
        <p className="border-t border-line px-5 py-3 text-muted">{words.queue.more}</p>
      )}
      {isOpen && (
        <PacingDialog
          queue={queue}
          onClose={() => {
            setOpen(false);
            onChange();
          }}
        />
      )}
    </Card>
  );
}
