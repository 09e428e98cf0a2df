/** One figure as the benchmark suite prints them too. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: string;
  readonly met?: boolean;
}

export const atMost = (most: number, value: number) => ({ aim: `<= ${most}`, met: value <= most });

/** JSON lines for programs on stdout, and the same as a table for people on stderr. */
export function printFigures(figures: readonly Figure[]): void {
  for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
  const width = Math.max(...figures.map(({ figure }) => figure.length));
  for (const { figure, value, unit, aim, met } of figures) {
    const verdict = aim === undefined ? "" : `${met ? "met" : "MISSED"} (${aim})`;
    const line = `  ${figure.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(6)} ${verdict}`;
    process.stderr.write(`${line.trimEnd()}\n`);
  }
}
