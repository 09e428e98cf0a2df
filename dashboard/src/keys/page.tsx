import { useState } from "react";
import type { KeyRowFragment } from "../api/generated/operations.ts";
import { KeysDocument, RevokeKeyDocument, RotateKeyDocument } from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useAsk } from "../api/use-ask.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Card, Page } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { Badge } from "../ui/badge.tsx";
import { Ago } from "../ui/time.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { KeyForm } from "./key-form.tsx";
import { ShownKey } from "./shown-key.tsx";

/** Who may do what. A key is seen once, when it is made. */
export default function KeysPage() {
  const words = useWords();
  const { data, error, again } = useAsk(KeysDocument, {});
  const [kept, setKept] = useState(data);
  if (data && data !== kept) setKept(data);
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<string>();
  const [revoking, setRevoking] = useState<KeyRowFragment>();
  const { busy, run } = useDoing();

  function rotate(id: string): void {
    void run(async () => {
      const { key } = await change(RotateKeyDocument, { id, overlapSeconds: 0 });
      if (key !== null) setMade(key);
      again();
    });
  }
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
      {words.keys.create}
    </Button>
  );
  return (
    <Page title={words.keys.title} about={words.keys.about} actions={create}>
      {error && !kept && <Trouble error={error} again={again} />}
      <Card label={words.keys.title}>
        {!kept && !error && <SkeletonRows />}
        {kept?.apiKeys.length === 0 && (
          <Empty icon="keys" title={words.keys.none} action={create}>
            {words.keys.noneAbout}
          </Empty>
        )}
        <ul className="divide-y divide-line">
          {kept?.apiKeys.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4">
              <div className="min-w-0 grow basis-64">
                <p className="flex items-center gap-3">
                  <span className="truncate font-semibold">{key.name}</span>
                  <Badge tone={key.revokedAt === null ? "good" : "calm"}>
                    {key.revokedAt === null ? words.keys.active : words.keys.revoked}
                  </Badge>
                </p>
                <p className="mt-1 text-muted">
                  {key.scopes.join(", ")} ·{" "}
                  {key.instanceIds?.join(", ") ?? words.events.allInstances}
                </p>
              </div>
              <p className="w-40 text-muted">
                {key.lastUsedAt === null ? (
                  words.keys.unused
                ) : (
                  <>
                    {words.keys.used} <Ago at={key.lastUsedAt} />
                  </>
                )}
              </p>
              {key.revokedAt === null && (
                <div className="ml-auto flex">
                  <IconButton
                    icon="restart"
                    label={words.keys.rotate(key.name)}
                    disabled={busy}
                    onClick={() => rotate(key.id)}
                  />
                  <IconButton
                    icon="trash"
                    label={words.keys.revoke(key.name)}
                    onClick={() => setRevoking(key)}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {creating && (
        <KeyForm
          onClose={() => setCreating(false)}
          onDone={(key) => {
            setCreating(false);
            setMade(key);
            again();
          }}
        />
      )}
      {made !== undefined && <ShownKey text={made} onClose={() => setMade(undefined)} />}
      {revoking && (
        <Dialog title={words.keys.revoke(revoking.name)} onClose={() => setRevoking(undefined)}>
          <p>{words.keys.revokeAbout}</p>
          <Actions>
            <Button onClick={() => setRevoking(undefined)}>{words.cancel}</Button>
            <Button
              kind="danger"
              busy={busy}
              onClick={() =>
                void run(async () => {
                  await change(RevokeKeyDocument, { id: revoking.id });
                  setRevoking(undefined);
                  again();
                })
              }
            >
              {words.keys.revokeSubmit}
            </Button>
          </Actions>
        </Dialog>
      )}
    </Page>
  );
}
