import type { DeliveryState } from "../api/generated/operations.ts";
import type { Tone } from "../ui/badge.tsx";

export const STATE_TONES: Readonly<Record<DeliveryState, Tone>> = {
  DELIVERED: "good",
  PENDING: "warn",
  FAILED: "bad",
};
