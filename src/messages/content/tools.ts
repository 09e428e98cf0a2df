import type { InstanceId } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";
import { findOriginal } from "./forward.ts";
import type { StageNeeds } from "./stage.ts";

/** What is needed to make the content of a message of this account ready. */
export function toolsFor(
  { database, ...tools }: Omit<StageNeeds, "original"> & { readonly database: Database },
  instanceId: InstanceId,
): StageNeeds {
  return { ...tools, original: (named) => findOriginal(database, { ...named, instanceId }) };
}
