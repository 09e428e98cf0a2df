import { useState } from "react";
import { useMay } from "../api/session.ts";
import { TONES } from "../instances/status.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/page.tsx";
import { Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import { PacingDialog } from "./pacing-dialog.tsx";
import type { Queue } from "./queue.ts";
import { WaitingList } from "./waiting-list.tsx";

interface QueueCardProps {
  readonly queue: Queue;
  readonly onChange: () => void;
}

/** One account's queue: its pace, what WhatsApp restricts, and each message that waits. */
export function QueueCard({ queue, onChange }: QueueCardProps) {
  const words = useWords();
  const { id, name, status, pacing, restriction } = queue;
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMay("instances:write");
  // What is sent next stands first.
  const waiting = queue.waiting.edges.map(({ node }) => node).toReversed();
  const scheduled = queue.scheduled.edges
    .map(({ node }) => node)
    .toSorted((a, b) => Date.parse(a.scheduledAt ?? "") - Date.parse(b.scheduledAt ?? ""));
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
      {waiting.length + scheduled.length === 0 && (
        <p className="border-t border-line px-5 py-4 text-muted">{words.queue.nothing}</p>
      )}
      <WaitingList
        instanceId={id}
        messages={waiting}
        hasMore={queue.waiting.pageInfo.hasPreviousPage}
        onChange={onChange}
      />
      <WaitingList
        title={words.queue.scheduled}
        instanceId={id}
        messages={scheduled}
        hasMore={queue.scheduled.pageInfo.hasNextPage}
        onChange={onChange}
      />
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
