import { useState } from "react";
import type { InstanceCardFragment } from "../api/generated/operations.ts";
import {
  RestartInstanceDocument,
  StartInstanceDocument,
  StopInstanceDocument,
} from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useMay } from "../api/session.ts";
import { Link } from "../shell/link.tsx";
import { Button, ICON_LOOK, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { isUnlinked } from "./status.ts";

interface CardActionsProps {
  readonly instance: InstanceCardFragment;
  readonly onLink: () => void;
}

/** What can be done with an instance as it stands. */
export function CardActions({ instance, onLink }: CardActionsProps) {
  const words = useWords().instances;
  const { busy, run } = useDoing();
  const [asking, setAsking] = useState<"logout" | "delete">();
  const mayWrite = useMay("instances:write");
  const maySeeCodes = useMay("qr:read");
  const { id, status, phoneNumber } = instance;
  const unlinked = isUnlinked(status, phoneNumber);
  const isStopped = status === "STOPPED";

  return (
    <footer className="mt-4 flex items-center gap-0.5 border-t border-line pt-4">
      <div className="grow">
        {unlinked && mayWrite && maySeeCodes && (
          <Button kind="primary" icon="link" onClick={onLink}>
            {words.link}
          </Button>
        )}
        {!unlinked && (
          <Link
            to={`/chat/${encodeURIComponent(id)}`}
            className="inline-flex h-9 items-center rounded-lg border whitespace-nowrap border-line px-3 text-sm font-medium hover:border-edge hover:bg-raised"
          >
            {words.openChat}
          </Link>
        )}
      </div>
      <Link
        to={`/settings/${encodeURIComponent(id)}`}
        aria-label={words.settings}
        title={words.settings}
        className={ICON_LOOK}
      >
        <Icon name="settings" />
      </Link>
      {mayWrite && (
        <>
          {!unlinked && !isStopped && (
            <IconButton
              icon="restart"
              label={words.restart}
              disabled={busy}
              onClick={() =>
                void run(() => change(RestartInstanceDocument, { id }), words.restarted)
              }
            />
          )}
          {!unlinked && isStopped && (
            <IconButton
              icon="play"
              label={words.start}
              disabled={busy}
              onClick={() => void run(() => change(StartInstanceDocument, { id }))}
            />
          )}
          {!isStopped && status !== "LOGGED_OUT" && status !== "CREATED" && (
            <IconButton
              icon="stop"
              label={words.stop}
              disabled={busy}
              onClick={() => void run(() => change(StopInstanceDocument, { id }))}
            />
          )}
          {!unlinked && (
            <IconButton icon="unlink" label={words.logout} onClick={() => setAsking("logout")} />
          )}
          <IconButton icon="trash" label={words.delete} onClick={() => setAsking("delete")} />
        </>
      )}
      {asking && (
        <ConfirmDialog instances={[instance]} what={asking} onClose={() => setAsking(undefined)} />
      )}
    </footer>
  );
}
