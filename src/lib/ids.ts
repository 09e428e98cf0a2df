import { encodeTime, monotonicFactory } from "ulid";

/** Ids that sort by the time they were made, and by order within a millisecond: a key that an index appends to. */
export const newId: () => string = monotonicFactory();

/** How many characters of an id are its time. */
const TIME_LENGTH = 10;

/** All ids that were made before this time (milliseconds) sort before it, and all others behind it. */
export function idsSince(time: number): string {
  return encodeTime(Math.max(0, time), TIME_LENGTH);
}
