import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { GatewayError, instanceNotFound } from "../../domain/errors.ts";
import type { Instance } from "../../domain/instance.ts";
import type { Instances } from "../../instances/instances.ts";
import { guardFor } from "./guard.ts";

/** What the schema needs of the accounts. */
export type ReachableInstances = Omit<Instances, "restrict" | "reconnect" | "connection">;

/**
 * The accounts that a caller may know of. Others do not exist for them: an answer that told "not
 * yours" from "not there" would tell who else is on this gateway.
 */
export function instancesOf(all: ReachableInstances, caller: Caller): ReachableInstances {
  const { instances } = caller;
  if (instances === null) return all;
  const guarded = guardFor(caller);
  return {
    async create(input, also) {
      if (mayReach(caller, input.id ?? null)) return all.create(input, also);
      throw notNamed(caller, instances);
    },
    get: guarded((id) => all.get(id)),
    find: async (id) => (mayReach(caller, id) ? all.find(id) : undefined),
    async list({ first, after }) {
      const found = await Promise.all(Array.from(instances, (id) => all.find(id)));
      const sorted = found.filter((each) => each !== undefined).toSorted(byCreation);
      const from = after ? sorted.findIndex(({ id }) => id === after) + 1 : 0;
      return {
        instances: sorted.slice(from, from + first),
        hasNextPage: sorted.length > from + first,
      };
    },
    start: guarded((id) => all.start(id)),
    stop: guarded((id) => all.stop(id)),
    restart: guarded((id) => all.restart(id)),
    logOut: guarded((id) => all.logOut(id)),
    delete: guarded((id) => all.delete(id)),
    setPacing: guarded((id, pacing) => all.setPacing(id, pacing)),
    changeSettings: guarded((id, change) => all.changeSettings(id, change)),
    rename: guarded((id, name) => all.rename(id, name)),
    qr: guarded((id, waitMs, signal) => all.qr(id, waitMs, signal)),
    pairingCode: guarded((id, phone) => all.pairingCode(id, phone)),
    follow(id) {
      if (!mayReach(caller, id)) throw instanceNotFound(id);
      return all.follow(id);
    },
  };
}

export function notNamed({ name }: Caller, instances: ReadonlySet<string>): GatewayError {
  return new GatewayError(
    "FORBIDDEN",
    `The key "${name}" may only create the instances that it names: ${[...instances].join(", ")}.`,
  );
}

function byCreation(a: Instance, b: Instance): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
