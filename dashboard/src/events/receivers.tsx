import { EventReceiversDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { Link } from "../shell/link.tsx";
import { Badge } from "../ui/badge.tsx";
import { Skeleton, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { STATE_TONES } from "../webhooks/delivery-state.ts";
import type { ShownEvent } from "./feed.ts";

/** A message may be logged long after WhatsApp's time of it, never before; that time is cut to the second. */
const SLACK_MS = 1_000;

/** The longest page that the gateway gives. */
const LOOKED_AT = 200;

/** The webhooks that got an event, or are about to. */
export function Receivers({ event }: { readonly event: ShownEvent }) {
  const words = useWords();
  const since = new Date(new Date(event.occurredAt).getTime() - SLACK_MS).toISOString();
  const { data, error, again } = useAsk(EventReceiversDocument, {
    type: [event.type],
    since,
    first: LOOKED_AT,
  });
  if (error) return <Trouble error={error} again={again} />;
  if (!data) return <Skeleton className="h-11" />;
  const found = data.webhooks.flatMap(({ id, url, deliveries }) =>
    deliveries.edges
      .filter(({ node }) => node.eventId === event.id)
      .map(({ node }) => ({ id, url, delivery: node })),
  );
  // Newest first: what is older than a page of later ones is on the webhook's own page.
  const mayBeMore = data.webhooks.some(
    ({ id, deliveries }) =>
      deliveries.pageInfo.hasNextPage && !found.some((each) => each.id === id),
  );
  return (
    <>
      {found.length === 0 && (
        <p className="rounded-xl bg-raised px-4 py-3 text-muted">
          {mayBeMore ? words.events.receiversMore : words.events.noReceivers}
        </p>
      )}
      <ul className="flex flex-col gap-2">
        {found.map(({ id, url, delivery }) => (
          <li
            key={delivery.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-xl border border-line px-4 py-2.5"
          >
            <Link
              to={`/webhooks/${id}`}
              className="min-w-0 grow basis-52 truncate font-medium underline decoration-edge underline-offset-4"
            >
              {url}
            </Link>
            <span className="text-muted">{words.webhooks.tries(delivery.tries)}</span>
            <Badge tone={STATE_TONES[delivery.state]}>{words.deliveryState[delivery.state]}</Badge>
          </li>
        ))}
      </ul>
    </>
  );
}
