import { useState } from "react";
import type {
  CreateWebhookInput,
  MessageDirection,
  WebhookCardFragment,
} from "../api/generated/operations.ts";
import { CreateWebhookDocument, UpdateWebhookDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { useInstances } from "../instances/use-instances.ts";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Check, Field, Select } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";

interface WebhookFormProps {
  /** The one that is changed; a new one if left out. */
  readonly webhook?: WebhookCardFragment;
  readonly onClose: () => void;
  readonly onDone: (webhook: { readonly id: string; readonly secret?: string }) => void;
}

/** Makes a webhook, or changes one. */
export function WebhookForm({ webhook, onClose, onDone }: WebhookFormProps) {
  const words = useWords();
  const texts = words.webhooks;
  const instances = useInstances();
  const [instanceId, setInstanceId] = useState("");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [events, setEvents] = useState((webhook?.events ?? ["*"]).join(", "));
  const [direction, setDirection] = useState<MessageDirection | "">(webhook?.direction ?? "");
  const [inOrder, setInOrder] = useState(webhook?.ordering !== "NONE");
  const [inlineMedia, setInlineMedia] = useState(webhook?.inlineMedia ?? false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function save(): Promise<void> {
    const input = {
      url: url.trim(),
      events: events.split(/[\s,]+/).filter(Boolean),
      direction: direction === "" ? null : direction,
      ordering: inOrder ? "PER_CHAT" : "NONE",
      inlineMedia,
    } satisfies CreateWebhookInput;
    setBusy(true);
    setError(undefined);
    try {
      if (webhook) {
        onDone(await change(UpdateWebhookDocument, { id: webhook.id, input }));
      } else {
        const { id, secret } = await change(CreateWebhookDocument, {
          ...(instanceId && { instanceId }),
          input,
        });
        onDone({ id, ...(secret !== null && { secret }) });
      }
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
      setBusy(false);
    }
  }

  return (
    <Dialog title={webhook ? texts.edit : texts.create} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={texts.url}
          type="url"
          required
          spellCheck={false}
          placeholder="https://example.com/hook"
          value={url}
          error={error}
          onChange={({ target }) => setUrl(target.value)}
        />
        {!webhook && (
          <Select
            label={words.events.instance}
            value={instanceId}
            onChange={({ target }) => setInstanceId(target.value)}
            options={[
              ["", words.events.allInstances],
              ...(instances.list ?? []).map(({ id }) => [id, id] as const),
            ]}
          />
        )}
        <Field
          label={texts.events}
          hint={texts.eventsHint}
          required
          spellCheck={false}
          value={events}
          onChange={({ target }) => setEvents(target.value)}
        />
        <Select
          label={texts.direction}
          value={direction}
          onChange={({ target }) => setDirection(target.value as MessageDirection | "")}
          options={[
            ["", texts.both],
            ["INBOUND", texts.inbound],
            ["OUTBOUND", texts.outbound],
          ]}
        />
        <Check
          label={texts.inOrder}
          hint={texts.inOrderHint}
          checked={inOrder}
          onChange={({ target }) => setInOrder(target.checked)}
        />
        <Check
          label={texts.inlineMedia}
          hint={texts.inlineMediaHint}
          checked={inlineMedia}
          onChange={({ target }) => setInlineMedia(target.checked)}
        />
        <Actions>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {words.save}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
