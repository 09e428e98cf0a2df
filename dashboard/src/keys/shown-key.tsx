import { Button } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words/words.ts";

/** The text of a key, this once. */
export function ShownKey({
  text,
  onClose,
}: {
  readonly text: string;
  readonly onClose: () => void;
}) {
  const words = useWords();
  return (
    <Dialog title={words.keys.shown} onClose={onClose}>
      <p className="mb-3 text-muted">{words.keys.shownAbout}</p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 grow rounded-lg bg-raised px-3 py-2 font-mono text-sm break-all">
          {text}
        </code>
        <Copy text={text} />
      </div>
      <Actions>
        <Button kind="primary" onClick={onClose}>
          {words.webhooks.secretKept}
        </Button>
      </Actions>
    </Dialog>
  );
}
