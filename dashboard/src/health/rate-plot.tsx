import { useEffect, useRef, useState } from "react";
import { useChanges } from "../api/use-changes.ts";
import { useLanguage, useWords } from "../words/words.ts";

/** Two minutes, a point for each two seconds. */
const [POINTS, EACH_MS] = [60, 2_000];
const [WIDTH, HEIGHT] = [600, 120];

/** Events a second, from the moment the page was opened: counted here, from the stream itself. */
export function RatePlot() {
  const words = useWords().health;
  const language = useLanguage();
  const count = useRef(0);
  const [rates, setRates] = useState<readonly number[]>([]);
  useChanges(["*"], () => {
    count.current += 1;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      const rate = (count.current * 1_000) / EACH_MS;
      count.current = 0;
      setRates((known) => [...known, rate].slice(-POINTS));
    }, EACH_MS);
    return () => clearInterval(timer);
  }, []);

  const most = Math.max(1, ...rates);
  const x = (at: number): number => ((POINTS - rates.length + at) / (POINTS - 1)) * WIDTH;
  const y = (rate: number): number => HEIGHT - 4 - (rate / most) * (HEIGHT - 12);
  const line = rates.map((rate, at) => `${x(at).toFixed(1)},${y(rate).toFixed(1)}`).join(" ");
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const latest = number.format(rates.at(-1) ?? 0);
  return (
    <figure className="p-5">
      <figcaption className="mb-3 flex items-baseline gap-2">
        <span className="text-2xl font-semibold tabular-nums">{latest}</span>
        <span className="text-muted">{words.perSecond}</span>
        <span className="ml-auto text-muted tabular-nums">{words.most(number.format(most))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words.rate}: ${latest}`}
        className="h-32 w-full"
      >
        <path d={`M0 ${HEIGHT - 4}H${WIDTH}`} className="stroke-line" />
        {rates.length > 1 && (
          <>
            <polygon
              points={`${x(0)},${HEIGHT - 4} ${line} ${WIDTH},${HEIGHT - 4}`}
              className="fill-accent-soft"
            />
            <polyline
              points={line}
              fill="none"
              strokeWidth="2"
              vectorEffect="non-scaling-stroke"
              className="stroke-accent-ink"
            />
          </>
        )}
      </svg>
    </figure>
  );
}
