import type { Caller } from "../../domain/caller.ts";
import type { Channels } from "../../directory/channels.ts";
import { guardFor } from "./guard.ts";

/** Channels as the accounts see them that a caller may know of. */
export function channelsOf(all: Channels, caller: Caller): Channels {
  if (caller.instances === null) return all;
  const guarded = guardFor(caller);
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
