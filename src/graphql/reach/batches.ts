import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";
import type { Batch, Batches } from "../../messages/batch/batch.ts";
import { batchNotFound } from "../../messages/batch/rows.ts";
import type { Messages } from "../../messages/messages.ts";
import { ownAttachments } from "./messages.ts";

/** The batches of the accounts that a caller may know of. */
export function batchesOf(all: Batches, messages: Pick<Messages, "find">, caller: Caller): Batches {
  if (caller.instances === null) return all;
  const find = async (id: string): Promise<Batch | undefined> => {
    const batch = await all.find(id);
    return batch && mayReach(caller, batch.instanceId) ? batch : undefined;
  };
  const guarded = (method: (id: string) => Promise<Batch>) => async (id: string) => {
    if (!(await find(id))) throw batchNotFound(id);
    return method(id);
  };
  return {
    async create(request) {
      if (!mayReach(caller, request.instanceId)) throw instanceNotFound(request.instanceId);
      await ownAttachments(messages, caller)(request.content);
      return all.create(request);
    },
    pause: guarded(all.pause),
    resume: guarded(all.resume),
    cancel: guarded(all.cancel),
    find,
    async list(instanceId, page) {
      if (!mayReach(caller, instanceId)) throw instanceNotFound(instanceId);
      return all.list(instanceId, page);
    },
    async *follow(id, leave) {
      if (await find(id)) yield* all.follow(id, leave);
    },
    // These are asked about batches that were found before.
    recipients: (id, page) => all.recipients(id, page),
    progress: (batch) => all.progress(batch),
  };
}
