import type { InstanceId } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";
import { type Attachments, findAttachment } from "./attachment.ts";
import { findOriginal } from "./forward.ts";
import type { StageNeeds } from "./stage.ts";

/** What every send has in common of what its content needs. */
export interface ContentTools extends Pick<StageNeeds, "stage" | "convert" | "request"> {
  readonly database: Database;
  readonly attachments: Attachments;
}

/**
 * What is needed to make the content of a message of this account ready.
 * @param isSoon whether it leaves now
 */
export function toolsFor(
  { database, attachments, stage, convert, request }: ContentTools,
  instanceId: InstanceId,
  isSoon: boolean,
): StageNeeds {
  return {
    stage,
    convert,
    request,
    isSoon,
    attachments: { ...attachments, find: (uid) => findAttachment(database, uid) },
    original: (named) => findOriginal(database, attachments, { ...named, instanceId }),
  };
}
