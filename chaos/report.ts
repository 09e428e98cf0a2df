import type { CampaignReport } from "./campaign.ts";
import type { Violation } from "./evidence.ts";
import { atMost, type Figure, printFigures } from "../bench/figures.ts";
import { percentile } from "./statistics.ts";

/** So many violations are shown in full: they mostly have one cause. */
const SHOWN = 5;

/** Figures that must be nought. */
const NOUGHTS = new Set(["eventsLost", "inboundLost", "sendsMissing", "webhooksMissing"]);

/** From the start of the process until it answers (milliseconds). */
const RESTART_AIM_MS = 1_500;

/** How long a stop may take (milliseconds). */
const STOP_AIM_MS = 10_000;

export function printReport(report: CampaignReport): void {
  printFigures(figuresOf(report));
  report.violations.slice(0, SHOWN).forEach(printViolation);
  const rest = report.violations.length - SHOWN;
  if (rest > 0) process.stderr.write(`… and ${rest} more violations\n`);
  if (report.violations.length > 0) {
    process.stderr.write(`The gateway said last:\n${report.lines.slice(-SHOWN).join("\n")}\n`);
  }
}

function printViolation({ law, what, slice }: Violation): void {
  process.stderr.write(`VIOLATION of "${law}": ${what}\n`);
  if (slice !== undefined) process.stderr.write(`${JSON.stringify(slice, null, 1)}\n`);
}

function figuresOf({
  counts,
  violations,
  deaths,
  starts,
  absorbed,
  stopMs,
}: CampaignReport): Figure[] {
  const livez = starts.map(({ livezMs }) => livezMs);
  const graphql = starts.map(({ graphqlMs }) => graphqlMs);
  const perStep = Object.entries(
    Object.groupBy(deaths, ({ planned }) => (planned.kind === "point" ? planned.step : "random")),
  );
  return [
    count("kills", deaths.length),
    ...perStep.map(([step, all]) => count(`kills at ${step}`, all.length)),
    count("points not reached", deaths.filter(({ asPlanned }) => !asPlanned).length),
    ...Object.entries(counts).map(([name, value]) =>
      count(name, value, NOUGHTS.has(name) ? atMost(0, value) : undefined),
    ),
    count("duplicate stanzas absorbed", absorbed),
    count("violations", violations.length, atMost(0, violations.length)),
    time("restart to livez p50", livez, 0.5, RESTART_AIM_MS),
    time("restart to livez max", livez, 1),
    time("restart to GraphQL p50", graphql, 0.5, RESTART_AIM_MS),
    time("restart to GraphQL max", graphql, 1),
    time("stop under no load", [stopMs], 1, STOP_AIM_MS),
  ];
}

function count(figure: string, value: number, aim?: object): Figure {
  return { bench: "chaos", figure, value, unit: "count", ...aim };
}

function time(figure: string, values: readonly number[], share: number, aim?: number): Figure {
  const value = Math.round(percentile(values, share));
  const goal = aim === undefined ? {} : atMost(aim, value);
  return { bench: "chaos", figure, value, unit: "ms", ...goal };
}
