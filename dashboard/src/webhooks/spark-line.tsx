import type { DeliveryState } from "../api/generated/operations.ts";
import { useWords } from "../words/words.ts";

interface Point {
  readonly id: string;
  readonly state: DeliveryState;
  readonly createdAt: string;
  readonly doneAt: string | null;
}

const COLOURS: Readonly<Record<DeliveryState, string>> = {
  DELIVERED: "fill-good",
  PENDING: "fill-warn",
  FAILED: "fill-bad",
};

const [WIDTH, HEIGHT, BARS] = [160, 32, 30];
const STEP = WIDTH / BARS;

/** The latest deliveries, oldest left: how long each took (on a logarithmic scale), and in colour how it ended. */
export function SparkLine({ deliveries }: { readonly deliveries: readonly Point[] }) {
  const words = useWords().webhooks;
  const bars = deliveries.slice(0, BARS).toReversed();
  const failed = bars.filter(({ state }) => state === "FAILED").length;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.spark(bars.length, failed)}
      preserveAspectRatio="none"
      className="h-8 w-full"
    >
      <rect y={HEIGHT - 1} width={WIDTH} height={1} className="fill-line" />
      {bars.map(({ id, state, createdAt, doneAt }, at) => {
        const height = heightOf(createdAt, doneAt);
        const x = (BARS - bars.length + at) * STEP;
        return (
          <rect
            key={id}
            x={x}
            y={HEIGHT - height}
            width={STEP - 1.5}
            height={height}
            rx={1}
            className={COLOURS[state]}
          />
        );
      })}
    </svg>
  );
}

/** From 3 for what took no time, to the full height for a minute and more. */
function heightOf(createdAt: string, doneAt: string | null): number {
  if (doneAt === null) return HEIGHT;
  const ms = Math.max(1, new Date(doneAt).getTime() - new Date(createdAt).getTime());
  return Math.min(HEIGHT, 3 + (Math.log10(ms) / Math.log10(60_000)) * (HEIGHT - 3));
}
