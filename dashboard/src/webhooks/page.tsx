import { useState } from "react";
import { WebhooksDocument } from "../api/generated/operations.ts";
import { useMay } from "../api/session.ts";
import { useAsk } from "../api/use-ask.ts";
import { useEvery } from "../api/use-every.ts";
import { go } from "../shell/route.ts";
import { Link } from "../shell/link.tsx";
import { Button } from "../ui/button.tsx";
import { Card, Page } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { Figures } from "./figures.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { SparkLine } from "./spark-line.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookStatus } from "./webhook-status.tsx";

/** Rates over a day do not change faster than this; single deliveries are live on the webhook's own page. */
const EVERY_MS = 5_000;

export default function WebhooksPage() {
  const words = useWords();
  const { data, error, again } = useAsk(WebhooksDocument, {});
  useEvery(EVERY_MS, again);
  const mayWrite = useMay("webhooks:write");
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string }>();
  const create = mayWrite && (
    <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
      {words.webhooks.create}
    </Button>
  );
  return (
    <Page title={words.webhooks.title} about={words.webhooks.about} actions={create}>
      {error && !data && <Trouble error={error} again={again} />}
      {!data && !error && (
        <Card>
          <SkeletonRows />
        </Card>
      )}
      {data?.webhooks.length === 0 && (
        <Card>
          <Empty icon="webhooks" title={words.webhooks.none} action={create}>
            {words.webhooks.noneAbout}
          </Empty>
        </Card>
      )}
      <ul className="flex flex-col gap-3">
        {data?.webhooks.map((webhook) => (
          <li
            key={webhook.id}
            className="relative grid items-center gap-x-8 gap-y-4 rounded-2xl border border-line bg-surface p-5 hover:border-edge lg:grid-cols-[1fr_auto_10rem]"
          >
            <div className="min-w-0">
              <p className="flex items-center gap-3">
                <Link
                  to={`/webhooks/${webhook.id}`}
                  className="min-w-0 truncate font-semibold after:absolute after:inset-0 after:rounded-2xl"
                >
                  {webhook.url}
                </Link>
                <WebhookStatus webhook={webhook} />
              </p>
              <p className="mt-1 truncate text-muted">
                {webhook.instanceId ?? words.events.allInstances} · {webhook.events.join(", ")}
              </p>
            </div>
            <Figures statistics={webhook.statistics} />
            <SparkLine deliveries={webhook.deliveries.edges.map(({ node }) => node)} />
          </li>
        ))}
      </ul>
      {creating && (
        <WebhookForm
          onClose={() => setCreating(false)}
          onDone={({ id, secret }) => {
            setCreating(false);
            again();
            if (secret !== undefined) setMade({ id, secret });
          }}
        />
      )}
      {made && <SecretDialog secret={made.secret} onClose={() => go(`/webhooks/${made.id}`)} />}
    </Page>
  );
}
