import type { Instances } from "../instances/instances.ts";
import { connected } from "../instances/connected.ts";

/**
 * What the connection of an account can do about groups.
 * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, UNAVAILABLE
 */
export async function reached(
  instances: Pick<Instances, "get" | "connection">,
  instanceId: string,
) {
  const connection = await connected(instances, instanceId);
  return { groups: connection.groups, lookUp: connection.lookUp.bind(connection) };
}
