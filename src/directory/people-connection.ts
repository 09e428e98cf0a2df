import { GatewayError } from "../domain/errors.ts";
import type { Connection, Instances } from "../instances/instances.ts";

/** What the connection of an account can do about people. */
export type Reached = Connection["people"];

/** @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, UNAVAILABLE */
export async function reached(
  instances: Pick<Instances, "get" | "connection">,
  instanceId: string,
): Promise<Reached> {
  const { id, linkedAt, status } = await instances.get(instanceId);
  if (linkedAt === null) {
    throw new GatewayError(
      "NOT_LINKED",
      `"${id}" is not linked to a phone. Scan its QR code first (GET /instances/${id}/qr).`,
      { instanceId: id, status },
    );
  }
  const connection = instances.connection(id);
  if (connection !== undefined) return connection.people;
  throw new GatewayError(
    "UNAVAILABLE",
    `"${id}" is not connected to WhatsApp right now (${status}), and this is asked of WhatsApp. Try again.`,
    { instanceId: id, status },
  );
}
