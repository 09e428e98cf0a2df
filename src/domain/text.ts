/**
 * A text as it can be stored and sent on: lone surrogates cannot be written in UTF-8, and a NUL ends
 * a text in SQLite and is refused by PostgreSQL. What WhatsApp sent is kept beside it, byte for byte.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

/** The same for every text in a value: nested objects and lists are read, all else stays as it is. */
export function storable<T>(value: T): T {
  if (typeof value === "string") return storableText(value) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => storable(each)) as T;
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, storable<unknown>(each)]);
  return Object.fromEntries(entries) as T;
}
