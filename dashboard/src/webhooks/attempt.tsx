import type { DeliveryRowFragment } from "../api/generated/operations.ts";
import { Badge } from "../ui/badge.tsx";
import { Clock } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import { duration } from "./duration.ts";

/** One POST: what came back, and where its time went. */
export function Attempt({
  attempt,
}: {
  readonly attempt: DeliveryRowFragment["attempts"][number];
}) {
  const words = useWords().webhooks;
  const { at, durationMs, dnsMs, connectMs, firstByteMs, status, errorCode, error, response } =
    attempt;
  const isGood = status !== null && status >= 200 && status < 300;
  const parts = (
    [
      [words.dns, dnsMs],
      [words.connect, connectMs],
      [words.firstByte, firstByteMs],
    ] as const
  ).filter(([, ms]) => ms !== null);
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Badge tone={isGood ? "good" : "bad"}>{status ?? errorCode ?? "–"}</Badge>
        <span className="text-muted">
          <Clock at={at} />
        </span>
        <span className="font-medium tabular-nums">{duration(durationMs)}</span>
        <span className="text-xs text-muted tabular-nums">
          {parts.map(([name, ms]) => `${name} ${duration(ms ?? 0)}`).join(" · ")}
        </span>
      </p>
      {error !== null && <p className="mt-2 text-bad">{error}</p>}
      {response !== null && response !== "" && (
        <pre
          tabIndex={0}
          aria-label={words.answer}
          className="mt-2 max-h-40 overflow-auto rounded-lg bg-raised p-3 font-mono text-xs whitespace-pre-wrap"
        >
          {response}
        </pre>
      )}
    </div>
  );
}
