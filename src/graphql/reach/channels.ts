import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";
import type { Channels } from "../../directory/channels.ts";

/** Channels as the accounts see them that a caller may know of. */
export function channelsOf(all: Channels, caller: Caller): Channels {
  if (caller.instances === null) return all;
  const guarded =
    <Rest extends readonly unknown[], Result>(
      method: (instanceId: string, ...rest: Rest) => Promise<Result>,
    ) =>
    async (instanceId: string, ...rest: Rest): Promise<Result> => {
      if (!mayReach(caller, instanceId)) throw instanceNotFound(instanceId);
      return method(instanceId, ...rest);
    };
  return {
    list: guarded(all.list),
    find: guarded(all.find),
    invitedTo: guarded(all.invitedTo),
    create: guarded(all.create),
    update: guarded(all.update),
    setPicture: guarded(all.setPicture),
    follow: guarded(all.follow),
    mute: guarded(all.mute),
    delete: guarded(all.delete),
    react: guarded(all.react),
  };
}
