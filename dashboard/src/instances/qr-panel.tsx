import { Button } from "../ui/button.tsx";
import { Skeleton } from "../ui/state.tsx";
import { useSecondsUntil } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";

interface QrPanelProps {
  readonly qr:
    | { readonly text: string; readonly svg: string; readonly expiresAt: string }
    | undefined;
  /** WhatsApp shows a few codes and then no more, until it is asked. */
  readonly ranOut: boolean;
  readonly onAgain: () => void;
}

/** The code that is good now, and how long it is. A new one takes its place by itself. */
export function QrPanel({ qr, ranOut, onAgain }: QrPanelProps) {
  const words = useWords().link;
  const seconds = useSecondsUntil(qr?.expiresAt);
  return (
    <div className="grid gap-6 sm:grid-cols-[15rem_1fr] sm:items-center">
      <div>
        <div className="mx-auto grid aspect-square w-60 place-items-center rounded-xl border border-line bg-white p-3">
          {qr ? (
            <img
              // A code is a secret: it stays in this page, as a picture, and is never an address.
              src={`data:image/svg+xml;base64,${btoa(qr.svg)}`}
              alt={words.qrAlt}
              data-qr={qr.text}
              className="size-full"
            />
          ) : ranOut ? (
            <Button kind="primary" icon="restart" onClick={onAgain}>
              {words.again}
            </Button>
          ) : (
            <Skeleton className="size-full" />
          )}
        </div>
        <p className="mt-2 h-5 text-center text-xs text-muted tabular-nums" aria-hidden="true">
          {qr ? words.renewedIn(seconds) : ranOut ? words.ranOut : " "}
        </p>
        <p role="status" className="sr-only">
          {ranOut ? words.ranOut : qr ? words.ready : ""}
        </p>
      </div>
      <ol className="list-decimal space-y-2 pl-5 text-muted marker:font-medium marker:text-ink">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
