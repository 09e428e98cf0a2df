import { useEffect, useState } from "react";
import type { EventFilter } from "../api/generated/operations.ts";
import { useStore } from "../api/store.ts";
import { useInstances } from "../instances/use-instances.ts";
import { Button } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useLanguage, useWords } from "../words/words.ts";
import { EventDialog } from "./event-dialog.tsx";
import type { Feed, ShownEvent, Start } from "./feed.ts";
import { openFeed } from "./feed.ts";
import { Filters } from "./filters.tsx";
import { EventList } from "./list.tsx";
import { StartDialog } from "./start-dialog.tsx";

export function EventsPage() {
  const words = useWords();
  const [filter, setFilter] = useState<EventFilter>({});
  const [start, setStart] = useState<Start>("latest");
  const [feed, setFeed] = useState<Feed>();
  const [opened, setOpened] = useState<ShownEvent>();
  const [choosing, setChoosing] = useState(false);
  const instances = useInstances();

  useEffect(() => {
    const opening = openFeed(filter, start);
    setFeed(opening);
    return () => opening.close();
  }, [filter, start]);

  return (
    <Page
      full
      title={words.events.title}
      about={words.events.about}
      actions={<Button onClick={() => setChoosing(true)}>{words.events.startFrom}</Button>}
    >
      <div className="flex min-h-0 grow flex-col rounded-2xl border border-line bg-surface">
        <div className="flex flex-wrap items-center gap-2 border-b border-line p-3">
          <Filters
            filter={filter}
            instanceIds={instances.list?.map(({ id }) => id) ?? []}
            onChange={(next) => {
              setFilter(next);
              setStart("latest");
            }}
          />
          {feed && <FeedBar feed={feed} />}
        </div>
        {feed && <FeedBody feed={feed} onOpen={setOpened} />}
      </div>
      {opened && <EventDialog event={opened} onClose={() => setOpened(undefined)} />}
      {choosing && (
        <StartDialog
          onClose={() => setChoosing(false)}
          onStart={(after) => {
            setChoosing(false);
            setStart({ after });
          }}
        />
      )}
    </Page>
  );
}

function FeedBar({ feed }: { readonly feed: Feed }) {
  const words = useWords().events;
  const language = useLanguage();
  const { isPaused, cursor, seen } = useStore(feed.state);
  return (
    <div className="flex grow-10 flex-wrap items-center justify-end gap-2">
      <p className="mr-auto px-2 text-muted tabular-nums" data-seen={seen}>
        {words.seen(seen.toLocaleString(language))}
      </p>
      {isPaused && cursor !== undefined && <Copy text={cursor} label={words.copyCursor} />}
      {isPaused ? (
        <Button kind="primary" icon="play" onClick={feed.resume}>
          {words.resume}
        </Button>
      ) : (
        <Button icon="pause" onClick={feed.pause}>
          {words.pause}
        </Button>
      )}
    </div>
  );
}

interface FeedBodyProps {
  readonly feed: Feed;
  readonly onOpen: (event: ShownEvent) => void;
}

function FeedBody({ feed, onOpen }: FeedBodyProps) {
  const words = useWords().events;
  const state = useStore(feed.state);
  if (state.refused !== undefined) {
    return (
      <div className="p-4">
        <Trouble error={new Error(state.refused)} />
      </div>
    );
  }
  if (state.isStarting) return <SkeletonRows count={10} />;
  if (state.events.length === 0) {
    return (
      <Empty icon="events" title={words.none}>
        {words.noneAbout}
      </Empty>
    );
  }
  return <EventList feed={state} onOpen={onOpen} />;
}
