import type { WebhookCardFragment } from "../api/generated/operations.ts";
import { useLanguage, useWords } from "../words/words.ts";
import { duration } from "./duration.ts";

/** How a webhook has done in the last 24 hours. */
export function Figures({
  statistics,
}: {
  readonly statistics: WebhookCardFragment["statistics"];
}) {
  const words = useWords().webhooks;
  const language = useLanguage();
  const { successRate, lagMs, pending, failed } = statistics;
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const count = new Intl.NumberFormat(language, { notation: "compact" });
  const figures = [
    [words.success, successRate === null ? "–" : percent.format(successRate)],
    [words.lag, lagMs === null ? "–" : duration(lagMs)],
    [words.pending, count.format(pending)],
    [words.failed, count.format(failed)],
  ] as const;
  return (
    <dl className="grid grid-cols-4 gap-x-6">
      {figures.map(([name, value]) => (
        <div key={name} className="min-w-14">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="mt-0.5 text-base font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
