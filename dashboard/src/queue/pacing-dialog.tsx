import { useState } from "react";
import type { PacingInput } from "../api/generated/operations.ts";
import { SetPacingDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";
import type { Queue } from "./queue.ts";

interface PacingDialogProps {
  readonly queue: Queue;
  readonly onClose: () => void;
}

/** How fast an account may send. New accounts that send fast are what WhatsApp closes first. */
export function PacingDialog({ queue: { id, pacing }, onClose }: PacingDialogProps) {
  const words = useWords();
  const [perMinute, setPerMinute] = useState(String(pacing?.perMinute ?? 20));
  const [burst, setBurst] = useState(String(pacing?.burst ?? 1));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function save(next: PacingInput | null): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await change(SetPacingDocument, { id, pacing: next });
      onClose();
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.queue.setPace} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save({
            perMinute: Number(perMinute),
            burst: Number(burst),
            ...(pacing && { jitter: pacing.jitter }),
          });
        }}
      >
        <p className="mb-4 text-muted">{words.queue.paceAbout}</p>
        <Field
          label={words.queue.perMinute}
          type="number"
          min="0.1"
          step="0.1"
          required
          value={perMinute}
          error={error}
          onChange={({ target }) => setPerMinute(target.value)}
        />
        <Field
          label={words.queue.burst}
          hint={words.queue.burstHint}
          type="number"
          min="1"
          required
          value={burst}
          onChange={({ target }) => setBurst(target.value)}
        />
        <Actions>
          {pacing && (
            <Button busy={busy} onClick={() => void save(null)}>
              {words.queue.noPace}
            </Button>
          )}
          <Button kind="primary" type="submit" busy={busy}>
            {words.save}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
