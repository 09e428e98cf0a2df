import { useState } from "react";
import type { FollowReplaySubscription } from "../api/generated/operations.ts";
import { FollowReplayDocument, ReplayWebhookDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { useFollow } from "../api/use-follow.ts";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";

const HOUR_MS = 3_600_000;

interface ReplayDialogProps {
  readonly webhookId: string;
  readonly onClose: () => void;
}

/** Sends a stretch of time again, and shows how far that is. */
export function ReplayDialog({ webhookId, onClose }: ReplayDialogProps) {
  const words = useWords();
  const [since, setSince] = useState(localInput(new Date(Date.now() - HOUR_MS)));
  const [replayId, setReplayId] = useState<string>();
  const [progress, setProgress] = useState<FollowReplaySubscription["replayUpdates"]>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  useFollow(FollowReplayDocument, replayId === undefined ? undefined : { id: replayId }, (data) =>
    setProgress(data.replayUpdates),
  );

  async function start(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const input = { since: new Date(since).toISOString() };
      setReplayId((await change(ReplayWebhookDocument, { id: webhookId, input })).id);
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.webhooks.replayRange} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <p className="mb-4 text-muted">{words.webhooks.replayAbout}</p>
        <Field
          label={words.webhooks.since}
          type="datetime-local"
          required
          value={since}
          error={error}
          onChange={({ target }) => setSince(target.value)}
        />
        <div role="status" className="min-h-12">
          {progress && (
            <>
              <progress
                aria-label={words.webhooks.replayRange}
                value={progress.done ? 1 : progress.examined}
                max={progress.done ? 1 : Math.max(1, progress.total)}
                className="h-2 w-full accent-accent"
              />
              <p className="mt-1 text-muted tabular-nums">
                {progress.done
                  ? words.webhooks.replayDone(progress.queued)
                  : words.webhooks.replayRuns(progress.examined, progress.total)}
              </p>
            </>
          )}
        </div>
        <Actions>
          <Button onClick={onClose}>{words.close}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={progress?.done === false}>
            {words.webhooks.replay}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}

/** As the browser's own field wants it: local time, to the minute. */
function localInput(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
