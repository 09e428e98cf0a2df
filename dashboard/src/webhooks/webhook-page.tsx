import { useState } from "react";
import {
  DeleteWebhookDocument,
  RotateWebhookSecretDocument,
  TestWebhookDocument,
  UpdateWebhookDocument,
  WebhookDocument,
} from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useMay } from "../api/session.ts";
import { useAsk } from "../api/use-ask.ts";
import { go } from "../shell/route.ts";
import { Link } from "../shell/link.tsx";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Card, Page } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { Ago } from "../ui/time.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { Deliveries } from "./deliveries.tsx";
import { Figures } from "./figures.tsx";
import { ReplayDialog } from "./replay-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { VerifyCode } from "./verify-code.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookStatus } from "./webhook-status.tsx";

type Open = "edit" | "delete" | "replay" | "verify";

export default function WebhookPage({ id }: { readonly id: string }) {
  const words = useWords();
  const texts = words.webhooks;
  const { data, error, again } = useAsk(WebhookDocument, { id });
  const mayWrite = useMay("webhooks:write");
  const [open, setOpen] = useState<Open>();
  const [secret, setSecret] = useState<string>();
  const { busy, run } = useDoing();
  const [kept, setKept] = useState(data);
  if (data && data !== kept) setKept(data);
  const webhook = kept?.webhook;
  const close = (): void => setOpen(undefined);

  return (
    <Page
      back={
        <Link
          to="/webhooks"
          className="mb-2 inline-flex items-center gap-1 self-start text-muted hover:text-ink"
        >
          <Icon name="back" size={16} /> {texts.title}
        </Link>
      }
      title={webhook ? new URL(webhook.url).host : texts.one}
      actions={
        webhook &&
        mayWrite && (
          <>
            <Button
              icon="bolt"
              busy={busy}
              onClick={() => void run(() => change(TestWebhookDocument, { id }), texts.testSent)}
            >
              {texts.test}
            </Button>
            <Button icon="restart" onClick={() => setOpen("replay")}>
              {texts.replayRange}
            </Button>
            <Button icon="edit" onClick={() => setOpen("edit")}>
              {texts.edit}
            </Button>
          </>
        )
      }
    >
      {error && !kept && <Trouble error={error} again={again} />}
      {!kept && !error && <SkeletonRows />}
      {kept && !webhook && <Empty icon="webhooks" title={texts.gone} />}
      {webhook && (
        <>
          <Card label={texts.one}>
            <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4 p-5">
              <div className="min-w-0">
                <p className="flex items-center gap-3 font-semibold">
                  <span className="min-w-0 break-all">{webhook.url}</span>
                  <WebhookStatus webhook={webhook} />
                </p>
                <p className="mt-1 text-muted">
                  {webhook.instanceId ?? words.events.allInstances} · {webhook.events.join(", ")}
                </p>
              </div>
              <Figures statistics={webhook.statistics} />
            </div>
            {webhook.failingSince !== null && (
              <p className="mx-5 mb-5 rounded-lg bg-bad-soft px-4 py-2.5 text-bad">
                {webhook.disabledReason ?? texts.failingAbout} <Ago at={webhook.failingSince} />
                {typeof webhook.pausedUntil === "string" && (
                  <>
                    {" · "}
                    {texts.nextProbe} <Ago at={webhook.pausedUntil} />
                  </>
                )}
              </p>
            )}
            <div className="flex flex-wrap gap-2 border-t border-line px-5 py-3">
              <Button icon="keys" kind="quiet" onClick={() => setOpen("verify")}>
                {texts.verify}
              </Button>
              {mayWrite && (
                <>
                  <Button
                    kind="quiet"
                    icon="restart"
                    busy={busy}
                    onClick={() =>
                      void run(async () => {
                        const made = await change(RotateWebhookSecretDocument, { id });
                        if (made.secret !== null) setSecret(made.secret);
                      })
                    }
                  >
                    {texts.rotate}
                  </Button>
                  <Button
                    kind="quiet"
                    icon={webhook.enabled ? "pause" : "play"}
                    busy={busy}
                    onClick={() =>
                      void run(async () => {
                        const input = { enabled: !webhook.enabled };
                        await change(UpdateWebhookDocument, { id, input });
                        again();
                      })
                    }
                  >
                    {webhook.enabled ? texts.disable : texts.enable}
                  </Button>
                  <Button kind="quiet" icon="trash" onClick={() => setOpen("delete")}>
                    {texts.delete}
                  </Button>
                </>
              )}
            </div>
          </Card>
          <Deliveries webhookId={id} onChange={again} />
        </>
      )}
      {secret !== undefined && (
        <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
      )}
      {open === "verify" && (
        <Dialog title={texts.verify} onClose={close} wide>
          <VerifyCode />
        </Dialog>
      )}
      {open === "replay" && <ReplayDialog webhookId={id} onClose={close} />}
      {open === "edit" && webhook && (
        <WebhookForm
          webhook={webhook}
          onClose={close}
          onDone={() => {
            close();
            again();
          }}
        />
      )}
      {open === "delete" && webhook && (
        <Dialog title={texts.deleteTitle} onClose={close}>
          <p>{texts.deleteAbout(webhook.url)}</p>
          <Actions>
            <Button onClick={close}>{words.cancel}</Button>
            <Button
              kind="danger"
              busy={busy}
              onClick={() =>
                void run(async () => {
                  await change(DeleteWebhookDocument, { id });
                  go("/webhooks");
                })
              }
            >
              {texts.delete}
            </Button>
          </Actions>
        </Dialog>
      )}
    </Page>
  );
}
