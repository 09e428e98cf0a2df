import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { type Chosen, doToAll } from "./bulk.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";

interface BulkBarProps {
  readonly chosen: readonly Chosen[];
  readonly onAll: () => void;
  readonly onClose: () => void;
}

const HARMLESS = [
  ["start", "play"],
  ["restart", "restart"],
  ["stop", "stop"],
] as const satisfies readonly (readonly [string, IconName])[];

/** What can be done with all that are chosen, at the lower edge for as long as one chooses. */
export function BulkBar({ chosen, onAll, onClose }: BulkBarProps) {
  const words = useWords();
  const { busy, run } = useDoing();
  const [done, setDone] = useState(0);
  const [asking, setAsking] = useState<"logout" | "delete">();
  const isNone = chosen.length === 0;
  return (
    <div
      role="toolbar"
      aria-label={words.bulk.title}
      className="sticky bottom-4 z-10 mt-6 flex flex-wrap items-center gap-2 rounded-2xl border border-line bg-surface px-4 py-3 shadow-lg"
    >
      <p role="status" className="grow font-medium tabular-nums">
        {busy ? words.bulk.progress(done, chosen.length) : words.bulk.count(chosen.length)}
      </p>
      <Button kind="quiet" onClick={onAll}>
        {words.bulk.all}
      </Button>
      {HARMLESS.map(([action, icon]) => (
        <Button
          key={action}
          icon={icon}
          disabled={isNone || busy}
          onClick={() => {
            setDone(0);
            void run(() => doToAll(action, chosen, setDone), words.bulk.done(chosen.length));
          }}
        >
          {words.instances[action]}
        </Button>
      ))}
      <Button icon="unlink" disabled={isNone || busy} onClick={() => setAsking("logout")}>
        {words.instances.logout}
      </Button>
      <Button
        kind="danger"
        icon="trash"
        disabled={isNone || busy}
        onClick={() => setAsking("delete")}
      >
        {words.instances.delete}
      </Button>
      <Button kind="quiet" onClick={onClose}>
        {words.bulk.end}
      </Button>
      {asking && (
        <ConfirmDialog instances={chosen} what={asking} onClose={() => setAsking(undefined)} />
      )}
    </div>
  );
}
