/** One line of a benchmark's output. `ratio` is value over reference. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** The same of what it is compared with, measured in the same run. */
  readonly reference?: number;
  readonly ratio?: number;
  readonly aim?: string;
  readonly met?: boolean;
}
