import { useState } from "react";
import { CreateInstanceDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Actions } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";

interface CreateFormProps {
  readonly onCreated: (id: string) => void;
  readonly onCancel?: () => void;
}

/** Makes an instance. What the gateway has against its name stands below the field. */
export function CreateForm({ onCreated, onCancel }: CreateFormProps) {
  const words = useWords();
  const [id, setId] = useState("");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function create(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const made = await change(CreateInstanceDocument, {
        input: { ...(id.trim() && { id: id.trim() }), ...(name.trim() && { name: name.trim() }) },
      });
      onCreated(made.id);
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <Field
        label={words.instances.id}
        hint={words.instances.idHint}
        autoComplete="off"
        spellCheck={false}
        pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,63}"
        value={id}
        error={error}
        onChange={({ target }) => setId(target.value)}
      />
      <Field
        label={words.instances.name}
        hint={words.instances.nameHint}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Actions>
        {onCancel && <Button onClick={onCancel}>{words.cancel}</Button>}
        <Button kind="primary" type="submit" busy={busy}>
          {words.instances.create}
        </Button>
      </Actions>
    </form>
  );
}
