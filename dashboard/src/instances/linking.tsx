import { useEffect, useState } from "react";
import type { FollowLinkingSubscription } from "../api/generated/operations.ts";
import { FollowLinkingDocument, RequestQrDocument } from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useSession } from "../api/session.ts";
import { useFollow } from "../api/use-follow.ts";
import { ScanWith } from "../phones/scan-with.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { Pairing } from "./pairing.tsx";
import { QrPanel } from "./qr-panel.tsx";

interface LinkingProps {
  readonly instanceId: string;
  readonly onDone: () => void;
}

/** Links an instance to a phone, by QR or by a code, until it is open. */
export function Linking({ instanceId, onDone }: LinkingProps) {
  const words = useWords();
  const [way, setWay] = useState<"qr" | "code">("qr");
  const [live, setLive] = useState<FollowLinkingSubscription["instance"]>();
  const { busy, run } = useDoing();
  const session = useSession();
  const simulator = session.kind === "in" && session.simulator;
  useFollow(FollowLinkingDocument, { id: instanceId }, ({ instance }) => setLive(instance));

  // One that is stopped or logged out shows no code until it is asked for one.
  const isIdle =
    live?.status === "STOPPED" || live?.status === "LOGGED_OUT" || live?.status === "CREATED";
  const askForQr = (): void => void run(() => change(RequestQrDocument, { id: instanceId }));
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!isIdle || asked) return;
    setAsked(true);
    askForQr();
    // Once, when it is seen to be idle: a code that ran out is asked for by a person.
  }, [isIdle, asked]);

  if (live?.status === "OPEN") {
    return (
      <div role="status" className="flex flex-col items-center py-6 text-center">
        <span className="mb-4 grid size-14 place-items-center rounded-full bg-good-soft text-good">
          <Icon name="check" size={28} />
        </span>
        <p className="text-base font-semibold">{words.link.done}</p>
        <p className="mt-1 mb-6 text-muted tabular-nums">+{live.phoneNumber}</p>
        <Button kind="primary" onClick={onDone}>
          {words.finish}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <div
        role="group"
        aria-label={words.link.way}
        className="mb-5 grid grid-cols-2 gap-1 rounded-xl bg-raised p-1"
      >
        {(["qr", "code"] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={way === each}
            onClick={() => setWay(each)}
            className="h-9 rounded-lg font-medium text-muted aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-sm"
          >
            {words.link[each]}
          </button>
        ))}
      </div>
      {simulator && live && <ScanWith qr={live.qr?.text} code={live.pairingCode?.code} />}
      {way === "qr" ? (
        <QrPanel qr={live?.qr ?? undefined} ranOut={isIdle && !busy} onAgain={askForQr} />
      ) : (
        <Pairing instanceId={instanceId} shown={live?.pairingCode ?? undefined} />
      )}
    </div>
  );
}
