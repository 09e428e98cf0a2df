import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";

interface StartDialogProps {
  readonly onStart: (after: string) => void;
  readonly onClose: () => void;
}

/** The log is kept: the stream can begin at any place of it. */
export function StartDialog({ onStart, onClose }: StartDialogProps) {
  const words = useWords();
  const [cursor, setCursor] = useState("");
  return (
    <Dialog title={words.events.startTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onStart(cursor.trim());
        }}
      >
        <p className="mb-4 text-muted">{words.events.startAbout}</p>
        <Field
          label={words.events.cursor}
          hint={words.events.cursorHint}
          required
          spellCheck={false}
          autoComplete="off"
          value={cursor}
          onChange={({ target }) => setCursor(target.value)}
        />
        <Actions>
          <Button onClick={() => onStart("earliest")}>{words.events.fromEarliest}</Button>
          <Button kind="primary" type="submit">
            {words.events.start}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
