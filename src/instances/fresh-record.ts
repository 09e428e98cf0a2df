import { randomInt } from "node:crypto";
import { isInstanceId } from "../domain/ids.ts";
import { USUAL_SETTINGS } from "../domain/settings.ts";
import { newId } from "../lib/ids.ts";
import type { InstanceRecord } from "./records.ts";
import { badId } from "./refusals.ts";

/**
 * A new instance under this id, or one that is made up.
 * @throws GatewayError BAD_INPUT
 */
export function freshRecord(wanted: string | null, name: string | null): InstanceRecord {
  const id = wanted ?? newId().toLowerCase();
  if (!isInstanceId(id)) throw badId(id);
  return {
    id,
    name,
    status: "CREATED",
    epoch: firstEpoch(),
    linkedAt: null,
    phoneNumber: null,
    pn: null,
    lid: null,
    profileName: null,
    lastDisconnect: null,
    pacing: null,
    settings: USUAL_SETTINGS,
    proxy: null,
    restriction: null,
    history: null,
    createdAt: new Date(),
  };
}

/** At random: an instance that is deleted and made again under its id does not meet its own past. */
function firstEpoch(): number {
  return randomInt(1, 2 ** 30);
}
