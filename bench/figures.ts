/** One figure of a benchmark or of a fault campaign. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** The same of what it is compared with, measured in the same run. */
  readonly reference?: number;
  /** Value over reference. */
  readonly ratio?: number;
  readonly aim?: string;
  readonly met?: boolean;
}

export const atMost = (most: number, value: number) => ({ aim: `<= ${most}`, met: value <= most });

/** JSON lines for programs on stdout, and the same as a table for people on stderr. */
export function printFigures(figures: readonly Figure[], { table = true } = {}): void {
  for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
  if (!table) return;
  const width = Math.max(...figures.map(({ figure }) => figure.length));
  for (const { figure, value, unit, reference, aim, met } of figures) {
    const beside = reference === undefined ? "" : `beside ${reference}`;
    const verdict = aim === undefined ? "" : `${met ? "met" : "MISSED"} (${aim})`;
    const line = `  ${figure.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(6)} ${beside.padEnd(14)} ${verdict}`;
    process.stderr.write(`${line.trimEnd()}\n`);
  }
}
