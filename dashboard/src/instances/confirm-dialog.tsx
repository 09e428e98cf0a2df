import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { type Chosen, doToAll } from "./bulk.ts";

interface ConfirmProps {
  readonly instances: readonly Chosen[];
  readonly what: "logout" | "delete";
  readonly onClose: () => void;
}

/** So many are named one by one. */
const NAMED = 12;

/**
 * Names what is lost before it is; deleting also asks for the id, or the number of them, for it cannot be
 * taken back.
 */
export function ConfirmDialog({ instances, what, onClose }: ConfirmProps) {
  const words = useWords();
  const [typed, setTyped] = useState("");
  const { busy, run } = useDoing();
  const texts = words.confirm[what];
  const names = instances.map(({ id, name }) => name ?? id);
  const [first] = instances;
  const isOne = instances.length === 1;
  const all = isOne ? (names[0] ?? "") : words.bulk.count(instances.length);
  const answer = isOne ? (first?.id ?? "") : String(instances.length);

  async function confirm(): Promise<void> {
    const isDone = await run(() => doToAll(what, instances), texts.done(all));
    if (isDone) onClose();
  }

  return (
    <Dialog title={texts.title(all)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {!isOne && (
          <p className="mb-3 font-medium [overflow-wrap:anywhere]">
            {names.slice(0, NAMED).join(", ")}
            {names.length > NAMED && " …"}
          </p>
        )}
        <p>{texts.about}</p>
        <ul className="mt-3 mb-5 list-disc space-y-1 pl-5 text-muted">
          {texts.lost.map((thing) => (
            <li key={thing}>{thing}</li>
          ))}
        </ul>
        {what === "delete" && (
          <Field
            label={words.confirm.type(answer)}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
        <Actions>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            kind="danger"
            type="submit"
            busy={busy}
            disabled={what === "delete" && typed !== answer}
          >
            {texts.submit}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
