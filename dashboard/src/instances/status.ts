import type { InstanceStatus } from "../api/generated/operations.ts";
import type { Tone } from "../ui/badge.tsx";

/** Green works, amber is on its way, red needs somebody. */
export const TONES: Readonly<Record<InstanceStatus, Tone>> = {
  CREATED: "calm",
  CONNECTING: "info",
  AWAITING_SCAN: "warn",
  OPEN: "good",
  RECONNECTING: "warn",
  STOPPED: "calm",
  LOGGED_OUT: "bad",
};

/** Whether it has to be linked before it can do anything. */
export const isUnlinked = (status: InstanceStatus, phone: string | null): boolean =>
  status === "CREATED" ||
  status === "AWAITING_SCAN" ||
  status === "LOGGED_OUT" ||
  (status === "STOPPED" && phone === null);
