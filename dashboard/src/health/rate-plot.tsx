import { useEffect, useRef, useState } from "react";
import { useChanges } from "../api/use-changes.ts";
import { Plot } from "../ui/plot.tsx";
import { useWords } from "../words/words.ts";

/** Two minutes, a point for each two seconds. */
const [POINTS, EACH_MS] = [60, 2_000];

/** Events a second, from the moment the page was opened: counted here, from the stream itself. */
export function RatePlot() {
  const words = useWords().health;
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
  return (
    <Plot
      title={words.rate}
      series={[{ name: words.rate, values: rates }]}
      unit={words.perSecond}
      points={POINTS}
      minutes={(POINTS * EACH_MS) / 60_000}
    />
  );
}
