import { useLanguage, useWords } from "../words/words.ts";
import type { Throughput as Counts } from "./use-throughputs.ts";

const [WIDTH, HEIGHT, MINUTES] = [240, 28, 60];
const STEP = WIDTH / MINUTES;

/** The messages of an hour: how many, and a bar for each minute, received below and sent on top. */
export function Throughput({ counts }: { readonly counts: Counts | undefined }) {
  const words = useWords().instances;
  const language = useLanguage();
  const { received = [], sent = [] } = counts ?? {};
  const total = (of: readonly number[]): string =>
    new Intl.NumberFormat(language).format(of.reduce((sum, count) => sum + count, 0));
  const most = Math.max(1, ...received.map((count, at) => count + (sent[at] ?? 0)));
  const heightOf = (count = 0): number => (count / most) * (HEIGHT - 2);
  const bars = (counted: readonly number[], below: readonly number[] = []): string =>
    counted
      .map((count, at) => {
        const foot = HEIGHT - 1 - heightOf(below[at]);
        return `M${at * STEP} ${foot}v${-heightOf(count)}h${STEP - 1}V${foot}z`;
      })
      .join("");
  return (
    <>
      <dt className="text-muted">{words.lastHour}</dt>
      <dd className="text-right tabular-nums">
        {counts && words.inAndOut(total(received), total(sent))}
      </dd>
      <dd className="col-span-2" aria-hidden="true">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-7 w-full">
          <rect y={HEIGHT - 1} width={WIDTH} height={1} className="fill-line" />
          <path d={bars(received)} className="fill-accent" />
          <path d={bars(sent, received)} className="fill-good" />
        </svg>
      </dd>
    </>
  );
}
