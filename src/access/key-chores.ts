import type { Chore } from "../lib/housekeeper.ts";
import type { Keys } from "./keys.ts";

/** Writes down when keys were used, and forgets those that have been over for long. */
export function keyChores(keys: Keys): readonly Chore[] {
  return [
    { name: "last use of API keys", run: () => keys.writeUsed() },
    { name: "old API keys", run: () => keys.forgetOld() },
  ];
}
