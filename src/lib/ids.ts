import { monotonicFactory } from "ulid";

/** Ids that sort by the time they were made, and by order within a millisecond: a key that an index appends to. */
export const newId: () => string = monotonicFactory();
