import { useMay } from "../api/session.ts";
import { Copy } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words/words.ts";
import type { ShownEvent } from "./feed.ts";
import { Receivers } from "./receivers.tsx";

interface EventDialogProps {
  readonly event: ShownEvent;
  readonly onClose: () => void;
}

/** All of one event, and which webhooks got it. */
export function EventDialog({ event, onClose }: EventDialogProps) {
  const words = useWords().events;
  const mayReadWebhooks = useMay("webhooks:read");
  const { __typename, ...data } = event;
  const json = JSON.stringify(data, withoutTypes, 2);
  return (
    <Dialog title={event.type} onClose={onClose} wide>
      {mayReadWebhooks && (
        <>
          <h3 className="mb-2 font-semibold">{words.receivers}</h3>
          <Receivers eventId={event.id} />
        </>
      )}
      <div className="mt-6 mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{words.json}</h3>
        <div className="flex gap-2">
          <Copy text={event.cursor} label={words.copyCursor} />
          <Copy text={json} />
        </div>
      </div>
      <pre
        tabIndex={0}
        aria-label={words.json}
        className="max-h-96 overflow-auto rounded-xl bg-raised p-4 font-mono text-xs leading-5"
      >
        {json}
      </pre>
    </Dialog>
  );
}

/** The names of GraphQL's types are ours, not the event's. */
function withoutTypes(key: string, value: unknown): unknown {
  return key === "__typename" ? undefined : value;
}
