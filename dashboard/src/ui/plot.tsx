import { useLanguage } from "../words/words.ts";
import { ago } from "./formats.ts";

export interface Series {
  readonly name: string;
  /** The oldest first. */
  readonly values: readonly number[];
}

interface PlotProps {
  readonly title: string;
  /** One or two; the first is the strong one. */
  readonly series: readonly Series[];
  readonly unit: string;
  /** As many points as the whole width stands for; fewer leave its beginning empty. */
  readonly points: number;
  /** How a value is written. */
  readonly format?: (value: number, language: string) => string;
  /** How long ago the plot begins, in minutes. */
  readonly minutes: number;
}

const [WIDTH, HEIGHT] = [600, 120];
const LOOKS = [
  { line: "stroke-accent-ink", area: "fill-accent-soft", dot: "bg-accent" },
  { line: "stroke-faint", area: "fill-none", dot: "bg-faint" },
] as const;

const usual = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);

/** What a number did over time: its last value in large, its course below. */
export function Plot({ title, series, unit, points, format = usual, minutes }: PlotProps) {
  const language = useLanguage();
  const most = Math.max(...series.flatMap(({ values }) => values), 0) || 1;
  const x = (at: number, count: number): number => ((points - count + at) / (points - 1)) * WIDTH;
  const y = (value: number): number => HEIGHT - 2 - (value / most) * (HEIGHT - 8);
  const latest = series.map(({ values }) => format(values.at(-1) ?? 0, language));
  return (
    <figure className="p-5">
      <figcaption className="mb-3">
        <p className="font-medium text-muted">{title}</p>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-3 gap-y-1">
          {series.map(({ name }, at) => (
            <span key={name} className="flex items-baseline gap-1.5">
              {series.length > 1 && (
                <span aria-hidden="true" className={`size-2 rounded-full ${LOOKS[at]?.dot}`} />
              )}
              <span className="text-lg font-semibold tabular-nums">{latest[at]}</span>
              <span className="text-muted">{series.length > 1 ? name : unit}</span>
            </span>
          ))}
        </p>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${series.map(({ name }, at) => `${name} ${latest[at]}`).join(", ")}`}
        className="h-24 w-full"
      >
        <path d={`M0 ${HEIGHT - 2}H${WIDTH}`} className="stroke-line" />
        {series.map(({ name, values }, at) => {
          if (values.length < 2) return undefined;
          const line = values
            .map((value, index) => `${x(index, values.length).toFixed(1)},${y(value).toFixed(1)}`)
            .join(" ");
          return (
            <g key={name}>
              <polygon
                points={`${x(0, values.length).toFixed(1)},${HEIGHT - 2} ${line} ${WIDTH},${HEIGHT - 2}`}
                className={LOOKS[at]?.area}
              />
              <polyline
                points={line}
                fill="none"
                strokeWidth="1.5"
                vectorEffect="non-scaling-stroke"
                className={LOOKS[at]?.line}
              />
            </g>
          );
        })}
      </svg>
      <p className="mt-1.5 flex justify-between text-xs text-muted tabular-nums">
        <span>{ago(language).format(-minutes, "minute")}</span>
        <span>
          {"↑ "}
          {format(most, language)} {unit}
        </span>
      </p>
    </figure>
  );
}
