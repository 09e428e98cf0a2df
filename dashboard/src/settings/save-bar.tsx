import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";

interface SaveBarProps {
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onDiscard: () => void;
}

/** Stays in sight while something is not saved. */
export function SaveBar({ busy, error, onDiscard }: SaveBarProps) {
  const words = useWords();
  return (
    <div className="sticky bottom-4 z-10 mt-6 flex flex-wrap items-center gap-3 rounded-2xl border border-edge bg-surface px-5 py-3 shadow-lg">
      <p role="status" className={`min-w-0 grow ${error === undefined ? "" : "text-bad"}`}>
        {error ?? words.settings.unsaved}
      </p>
      <Button onClick={onDiscard} disabled={busy}>
        {words.settings.discard}
      </Button>
      <Button kind="primary" type="submit" busy={busy}>
        {words.save}
      </Button>
    </div>
  );
}
