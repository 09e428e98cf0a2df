import type { ContactCheck } from "../domain/contact-check.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Instances } from "../instances/instances.ts";
import type { Database } from "../store/database.ts";
import { ContactChecks } from "./contact-check.ts";
import type { People } from "./people.ts";
import { addressIn, type Meant } from "./people-address.ts";
import { type Reached, reached } from "./people-connection.ts";
import { markMessages } from "./read-marks.ts";

export interface PeopleParts {
  readonly database: Pick<Database, "read">;
  readonly instances: Pick<Instances, "get" | "connection">;
}

export function createPeopleRoom({ database, instances }: PeopleParts): People {
  const checks = new ContactChecks();
  const at = (instanceId: string) => reached(instances, instanceId);

  const addressAt = (connection: Reached, text: string, meant: Meant) =>
    addressIn(text, meant, (inputs): Promise<readonly ContactCheck[]> =>
      checks.check(inputs, connection),
    );

  return {
    check: async (instanceId, inputs) => checks.check(inputs, await at(instanceId)),
    async setAvailability(instanceId, availability) {
      const connection = await at(instanceId);
      await connection.setAvailability(availability);
    },
    async showTyping(instanceId, chat, typing) {
      const connection = await at(instanceId);
      const address = await addressAt(connection, chat, "CHAT");
      await connection.showTyping(address.id, typing);
      return address;
    },
    async watchPresence(instanceId, contact) {
      const connection = await at(instanceId);
      const address = await addressAt(connection, contact, "CONTACT");
      await connection.watchPresence(address.id);
      return address;
    },
    async mark(instanceId, chat, ids, mark) {
      const connection = await at(instanceId);
      const address = await addressAt(connection, chat, "CHAT");
      // It was found, so it is one.
      const wanted = { instanceId: instanceId as InstanceId, chat: address, ids, mark };
      return markMessages(database, connection, wanted);
    },
  };
}
