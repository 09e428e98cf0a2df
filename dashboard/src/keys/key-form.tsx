import { useState } from "react";
import { CreateKeyDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { useInstances } from "../instances/use-instances.ts";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Check, Field, Select } from "../ui/field.tsx";
import type { Words } from "../words/words.ts";
import { useWords } from "../words/words.ts";

interface KeyFormProps {
  readonly onClose: () => void;
  readonly onDone: (key: string) => void;
}

/** Every scope there is has its words; the gateway says which of them this key may give. */
const SCOPES = [
  "instances:read",
  "instances:write",
  "qr:read",
  "messages:read",
  "messages:send",
  "contacts",
  "groups",
  "webhooks:read",
  "webhooks:write",
  "keys:admin",
  "metrics:read",
] as const satisfies readonly (keyof Words["scopes"])[];

export function KeyForm({ onClose, onDone }: KeyFormProps) {
  const words = useWords();
  const instances = useInstances();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>(["messages:read", "messages:send"]);
  const [instanceId, setInstanceId] = useState("");
  const [expires, setExpires] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function create(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { key } = await change(CreateKeyDocument, {
        input: {
          name: name.trim(),
          scopes,
          ...(instanceId && { instanceIds: [instanceId] }),
          ...(expires && { expiresAt: new Date(expires).toISOString() }),
        },
      });
      onDone(key ?? "");
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.keys.create} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field
          label={words.keys.name}
          hint={words.keys.nameHint}
          required
          autoComplete="off"
          value={name}
          error={error}
          onChange={({ target }) => setName(target.value)}
        />
        <fieldset className="mb-4">
          <legend className="mb-1.5 text-sm font-medium">{words.keys.scopes}</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {SCOPES.map((scope) => (
              <Check
                key={scope}
                label={scope}
                hint={words.scopes[scope]}
                checked={scopes.includes(scope)}
                onChange={({ target }) =>
                  setScopes((known) =>
                    target.checked ? [...known, scope] : known.filter((each) => each !== scope),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
        <Select
          label={words.events.instance}
          value={instanceId}
          onChange={({ target }) => setInstanceId(target.value)}
          options={[
            ["", words.events.allInstances],
            ...(instances.list ?? []).map(({ id }) => [id, id] as const),
          ]}
        />
        <Field
          label={words.keys.expires}
          hint={words.keys.expiresHint}
          type="datetime-local"
          value={expires}
          onChange={({ target }) => setExpires(target.value)}
        />
        <Actions>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={scopes.length === 0}>
            {words.keys.create}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
