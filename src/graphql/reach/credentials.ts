import type { Caller } from "../../domain/caller.ts";
import { mayReach } from "../../domain/caller.ts";
import { instanceNotFound } from "../../domain/errors.ts";
import type { Credentials } from "../../instances/credentials.ts";
import { notNamed } from "./instances.ts";

/** The sessions of the accounts that a caller may know of, and of those that it may create. */
export function credentialsOf(all: Credentials, caller: Caller): Credentials {
  const { instances } = caller;
  if (instances === null) return all;
  return {
    async export(id, passphrase) {
      if (!mayReach(caller, id)) throw instanceNotFound(id);
      return all.export(id, passphrase);
    },
    async import(request) {
      if (!mayReach(caller, request.id ?? null)) throw notNamed(caller, instances);
      return all.import(request);
    },
  };
}
