import { useState } from "react";
import type { InstanceCardFragment } from "../api/generated/operations.ts";
import { DeleteInstanceDocument, LogoutInstanceDocument } from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";

interface ConfirmProps {
  readonly instance: InstanceCardFragment;
  readonly what: "logout" | "delete";
  readonly onClose: () => void;
}

/** Names what is lost before it is; deleting also asks for the name, for it cannot be taken back. */
export function ConfirmDialog({ instance: { id, name }, what, onClose }: ConfirmProps) {
  const words = useWords();
  const [typed, setTyped] = useState("");
  const { busy, run } = useDoing();
  const texts = words.confirm[what];
  const title = texts.title(name ?? id);

  async function confirm(): Promise<void> {
    const isDone = await run(
      () =>
        what === "delete"
          ? change(DeleteInstanceDocument, { id })
          : change(LogoutInstanceDocument, { id }),
      texts.done(name ?? id),
    );
    if (isDone) onClose();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <p>{texts.about}</p>
        <ul className="mt-3 mb-5 list-disc space-y-1 pl-5 text-muted">
          {texts.lost.map((thing) => (
            <li key={thing}>{thing}</li>
          ))}
        </ul>
        {what === "delete" && (
          <Field
            label={words.confirm.type(id)}
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
            disabled={what === "delete" && typed !== id}
          >
            {texts.submit}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
