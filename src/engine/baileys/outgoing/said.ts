/** Without what is not said: protobuf knows no null. */
export function said<T extends Readonly<Record<string, string | null>>>(fields: T) {
  const entries = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as { [K in keyof T]?: string };
}
