import { useState } from "react";
import { useMay } from "../api/session.ts";
import { go } from "../shell/route.ts";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Skeleton, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { InstanceCard } from "./card.tsx";
import { CreateDialog } from "./create-dialog.tsx";
import { FirstRun } from "./first-run.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { useInstances } from "./use-instances.ts";
import { useThroughputs } from "./use-throughputs.ts";

const GRID = "grid gap-4 sm:grid-cols-2 xl:grid-cols-3";

export function InstancesPage() {
  const words = useWords();
  const { list, error, again, hasMore, more } = useInstances();
  const throughputs = useThroughputs(list?.length ?? 0);
  const mayWrite = useMay("instances:write");
  const maySeeCodes = useMay("qr:read");
  const mayLink = mayWrite && maySeeCodes;
  const [creating, setCreating] = useState(false);
  const [linking, setLinking] = useState<string>();
  /** The one that is being made in the first run: the steps stay until it is linked. */
  const [first, setFirst] = useState<string>();

  /** Undefined while nobody chooses. */
  const [chosen, setChosen] = useState<ReadonlySet<string>>();

  const isFirstRun = list?.length === 0 || (first !== undefined && list?.length === 1);
  return (
    <Page
      title={words.instances.title}
      about={words.instances.about}
      actions={
        mayWrite &&
        !isFirstRun && (
          <>
            <Button
              icon="check"
              aria-pressed={chosen !== undefined}
              onClick={() => setChosen(chosen ? undefined : new Set())}
            >
              {words.bulk.choose}
            </Button>
            <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
              {words.instances.create}
            </Button>
          </>
        )
      }
    >
      {error && <Trouble error={error} again={again} />}
      {!list && !error && (
        <div role="status" className={GRID}>
          <span className="sr-only">{words.loading}</span>
          {Array.from({ length: 6 }, (_, at) => (
            <Skeleton key={at} className="h-56 rounded-2xl" />
          ))}
        </div>
      )}
      {isFirstRun && !mayLink && <Empty icon="instances" title={words.chat.noInstance} />}
      {isFirstRun && mayLink && (
        <FirstRun
          instanceId={first}
          onCreated={setFirst}
          onDone={() => go(`/chat/${encodeURIComponent(first ?? "")}`)}
        />
      )}
      {list && !isFirstRun && (
        <ul className={GRID}>
          {list.map((instance) => (
            <li key={instance.id} className="min-w-0">
              <InstanceCard
                first={instance}
                throughput={throughputs.get(instance.id)}
                onLink={() => setLinking(instance.id)}
                isChosen={chosen?.has(instance.id)}
                onChoose={(isOn) =>
                  setChosen(
                    (known) =>
                      known &&
                      new Set(
                        [...known]
                          .filter((id) => id !== instance.id)
                          .concat(isOn ? instance.id : []),
                      ),
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      {list && chosen && (
        <BulkBar
          chosen={list.filter(({ id }) => chosen.has(id))}
          onAll={() => setChosen(new Set(list.map(({ id }) => id)))}
          onClose={() => setChosen(undefined)}
        />
      )}
      {hasMore && (
        <div className="mt-6 flex justify-center">
          <Button onClick={more}>{words.more}</Button>
        </div>
      )}
      {creating && (
        <CreateDialog
          onClose={() => setCreating(false)}
          onCreated={(id) => {
            setCreating(false);
            again();
            setLinking(id);
          }}
        />
      )}
      {linking !== undefined && (
        <LinkDialog instanceId={linking} onClose={() => setLinking(undefined)} />
      )}
    </Page>
  );
}
