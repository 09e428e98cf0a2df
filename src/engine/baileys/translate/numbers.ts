/** A number of a protobuf message; 64-bit fields come as Long objects. */
type Given = { toString(): string } | null | undefined;

export function whole(value: Given): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value.toString());
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** The largest Int of GraphQL. */
const MAX_INT = 2 ** 31 - 1;

/**
 * A number that callers are told as an Int. WhatsApp's fields reach twice as far, and what GraphQL cannot
 * tell would be an error in place of the whole list that the message is in.
 */
export function count(value: Given): number | null {
  const number = whole(value);
  return number !== null && number <= MAX_INT ? number : null;
}

/** The last second that JavaScript can tell. */
const LAST_SECOND = 8_640_000_000_000;

/** WhatsApp counts seconds since 1970; nothing for none and for what is no time. */
export function instant(seconds: Given): Date | null {
  const time = whole(seconds);
  return time !== null && time > 0 && time <= LAST_SECOND ? new Date(time * 1_000) : null;
}
