import type { Connection, Instances } from "../instances/instances.ts";
import { connected } from "../instances/connected.ts";

/** What the connection of an account can do about people. */
export type Reached = Connection["people"];

/** @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, UNAVAILABLE */
export async function reached(
  instances: Pick<Instances, "get" | "connection">,
  instanceId: string,
): Promise<Reached> {
  return (await connected(instances, instanceId)).people;
}
