import type { Instances } from "../instances/instances.ts";
import { ContactChecks } from "./contact-check.ts";
import type { People } from "./people.ts";
import { reached } from "./people-connection.ts";

export interface PeopleParts {
  readonly instances: Pick<Instances, "get" | "connection">;
}

export function createPeopleRoom({ instances }: PeopleParts): People {
  const checks = new ContactChecks();
  const at = (instanceId: string) => reached(instances, instanceId);

  return {
    check: async (instanceId, inputs) => checks.check(inputs, await at(instanceId)),
  };
}
