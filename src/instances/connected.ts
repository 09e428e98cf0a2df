import { GatewayError, notLinked } from "../domain/errors.ts";
import type { Connection, Instances } from "./instances.ts";

/**
 * The connection of an account, for what WhatsApp itself has to be asked.
 * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, UNAVAILABLE
 */
export async function connected(
  instances: Pick<Instances, "get" | "connection">,
  instanceId: string,
): Promise<Connection> {
  const { id, linkedAt, status } = await instances.get(instanceId);
  if (linkedAt === null) throw notLinked(id, status);
  const connection = instances.connection(id);
  if (connection !== undefined) return connection;
  throw new GatewayError(
    "UNAVAILABLE",
    `"${id}" is not connected to WhatsApp right now (${status}), and this is asked of WhatsApp. Try again.`,
    { instanceId: id, status },
  );
}
