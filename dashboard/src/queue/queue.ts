import type { QueuesQuery } from "../api/generated/operations.ts";

/** An account with what waits to be sent from it. */
export type Queue = QueuesQuery["instances"]["edges"][number]["node"];
