import { phoneOf } from "../domain/address.ts";
import type { SessionImage } from "../engine/session-state.ts";
import type { EventLog } from "../events/event-log.ts";
import type { Database } from "../store/database.ts";
import { changeRecord, insertRecord, type InstanceRecord } from "./records.ts";
import { exists } from "./refusals.ts";
import type { SessionStore } from "./session-store.ts";

export interface InsertNeeds {
  readonly database: Pick<Database, "writer">;
  readonly events: Pick<EventLog, "appendWithin">;
  readonly sessions: Pick<SessionStore, "restore">;
}

/**
 * Makes an instance of a session that was linked elsewhere: all of it in one transaction, so that nothing
 * is half there.
 * @throws GatewayError INSTANCE_EXISTS
 */
export async function insertSession(
  { database, events, sessions }: InsertNeeds,
  fresh: InstanceRecord,
  { me, name, ...session }: SessionImage,
): Promise<InstanceRecord> {
  const { id, createdAt, epoch } = fresh;
  const { pn, lid } = me;
  const phoneNumber = phoneOf(pn ?? me.id);
  const linked = { linkedAt: createdAt, phoneNumber, pn, lid, profileName: name };
  const isFree = await database.writer.write(async (tx) => {
    if (!(await insertRecord(tx, fresh))) return false;
    await changeRecord(tx, fresh, linked);
    await sessions.restore(tx, id, session);
    const event = { type: "instance.created" } as const;
    const draft = { instanceId: id, event, occurredAt: createdAt, whileOffline: false, epoch };
    await events.appendWithin(tx, [draft]);
    return true;
  });
  if (!isFree) throw exists(id);
  return { ...fresh, ...linked };
}
