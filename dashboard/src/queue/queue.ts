import type { QueuesQuery, WaitingFragment } from "../api/generated/operations.ts";

/** An account with what waits to be sent from it. */
export type Queue = QueuesQuery["instances"]["edges"][number]["node"];

/** A message that was not sent yet. */
export type Waiting = WaitingFragment;
