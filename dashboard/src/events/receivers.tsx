import { EventReceiversDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { Link } from "../shell/link.tsx";
import { Badge } from "../ui/badge.tsx";
import { Skeleton, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { STATE_TONES } from "../webhooks/delivery-state.ts";

/** The webhooks that got an event, or are about to. */
export function Receivers({ eventId }: { readonly eventId: string }) {
  const words = useWords();
  const { data, error, again } = useAsk(EventReceiversDocument, { eventId });
  if (error) return <Trouble error={error} again={again} />;
  if (!data) return <Skeleton className="h-11" />;
  if (data.deliveries.length === 0) {
    return <p className="rounded-xl bg-raised px-4 py-3 text-muted">{words.events.noReceivers}</p>;
  }
  const urls = new Map(data.webhooks.map(({ id, url }) => [id, url]));
  return (
    <ul className="flex flex-col gap-2">
      {data.deliveries.map(({ id, webhookId, state, tries }) => (
        <li
          key={id}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-xl border border-line px-4 py-2.5"
        >
          <Link
            to={`/webhooks/${webhookId}`}
            className="min-w-0 grow basis-52 truncate font-medium underline decoration-edge underline-offset-4"
          >
            {urls.get(webhookId) ?? webhookId}
          </Link>
          <span className="text-muted">{words.webhooks.tries(tries)}</span>
          <Badge tone={STATE_TONES[state]}>{words.deliveryState[state]}</Badge>
        </li>
      ))}
    </ul>
  );
}
