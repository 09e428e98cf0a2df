import { QueuesDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { useEvery } from "../api/use-every.ts";
import { Card, Page } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { QueueCard } from "./queue-card.tsx";

/** A queue moves once a second at most where it is paced. */
const EVERY_MS = 2_000;

/** Instances, and messages of each: together well below what an operation may cost. */
const [INSTANCES, EACH] = [50, 25];

/** What waits to be sent, and what makes it wait. */
export default function QueuePage() {
  const words = useWords().queue;
  const { data, error, again } = useAsk(QueuesDocument, { first: INSTANCES, each: EACH });
  useEvery(EVERY_MS, again);
  const queues = data?.instances.edges.map(({ node }) => node);
  return (
    <Page title={words.title} about={words.about}>
      {error && !data && <Trouble error={error} again={again} />}
      {!queues && !error && (
        <Card>
          <SkeletonRows />
        </Card>
      )}
      {queues?.length === 0 && (
        <Card>
          <Empty icon="queue" title={words.noInstance} />
        </Card>
      )}
      <ul className="flex flex-col gap-4">
        {queues?.map((queue) => (
          <li key={queue.id}>
            <QueueCard queue={queue} onChange={again} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
