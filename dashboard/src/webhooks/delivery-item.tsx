import type { DeliveryRowFragment } from "../api/generated/operations.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Ago, Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import { Attempt } from "./attempt.tsx";
import { STATE_TONES } from "./delivery-state.ts";
import { duration } from "./duration.ts";

interface DeliveryItemProps {
  readonly delivery: DeliveryRowFragment;
  readonly busy: boolean;
  readonly onReplay: ((id: string) => void) | undefined;
}

/** One delivery; opened it shows every attempt. */
export function DeliveryItem({ delivery, busy, onReplay }: DeliveryItemProps) {
  const words = useWords();
  const { id, eventId, eventType, state, createdAt, nextAttemptAt, tries, replayed, late } =
    delivery;
  const last = delivery.attempts.at(-1);
  return (
    <details className="group">
      <summary className="grid list-none grid-cols-[1fr_auto] items-center gap-x-5 gap-y-1 px-5 py-3 hover:bg-raised sm:grid-cols-[6rem_1fr_9rem_7rem_8rem]">
        <span className="text-xs text-muted max-sm:order-3">
          <Clock at={createdAt} />
        </span>
        <span className="min-w-0 truncate font-medium">
          {eventType}
          {(replayed || late) && (
            <span className="ml-2 font-normal text-muted">
              {replayed ? words.webhooks.isReplay : words.webhooks.isLate}
            </span>
          )}
        </span>
        <span className="text-muted tabular-nums max-sm:order-4 max-sm:text-right">
          {last ? `${last.status ?? last.errorCode ?? "–"} · ${duration(last.durationMs)}` : "–"}
        </span>
        <span className="text-muted max-sm:hidden">{words.webhooks.tries(tries)}</span>
        <span className="justify-self-end">
          <Badge tone={STATE_TONES[state]}>{words.deliveryState[state]}</Badge>
        </span>
      </summary>
      <div className="border-t border-line bg-canvas px-5 py-4">
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted">
            <span className="font-mono text-xs">{eventId}</span>
            {nextAttemptAt !== null && (
              <>
                {" · "}
                {words.webhooks.nextTry} <Ago at={nextAttemptAt} />
              </>
            )}
          </p>
          {onReplay && (
            <Button icon="restart" busy={busy} onClick={() => onReplay(id)}>
              {words.webhooks.replay}
            </Button>
          )}
        </div>
        {delivery.attempts.length === 0 && <p className="text-muted">{words.webhooks.noAttempt}</p>}
        <ol className="flex flex-col gap-3">
          {delivery.attempts.toReversed().map((attempt) => (
            <li key={attempt.id}>
              <Attempt attempt={attempt} />
            </li>
          ))}
        </ol>
      </div>
    </details>
  );
}
