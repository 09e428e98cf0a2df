/** What the sender of a message is told: that it was read, or that what is to be heard was played. */
export type ReadMark = "READ" | "PLAYED";
