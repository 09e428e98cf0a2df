/**
 * A text as it can be stored and sent on: lone surrogates cannot be written in UTF-8, and a NUL ends
 * a text in SQLite and is refused by PostgreSQL. What WhatsApp sent is kept beside it, byte for byte.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}
