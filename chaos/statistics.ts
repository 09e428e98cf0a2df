/** The value that this share (0 to 1) of all values does not exceed; 0 when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export type Point = { readonly x: number; readonly y: number };

/** Least squares: by how much `y` rises for each unit of `x`; 0 for fewer than two points. */
export function slope(points: readonly Point[]): number {
  const x = mean(points.map((point) => point.x));
  const y = mean(points.map((point) => point.y));
  const run = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  const rise = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return run > 0 ? rise / run : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
