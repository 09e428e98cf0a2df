import type { ContactCheck } from "../domain/contact-check.ts";
import type { InstanceId } from "../domain/ids.ts";
import { connected } from "../instances/connected.ts";
import type { Instances } from "../instances/instances.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Database } from "../store/database.ts";
import { businessChangeIn, catalogPageIn } from "./business-input.ts";
import type { ReadElsewhere } from "./chat-reads.ts";
import { ContactChecks } from "./contact-check.ts";
import { pictureOf } from "./group-picture.ts";
import type { People } from "./people.ts";
import { addressIn, type Meant } from "./people-address.ts";
import { type Reached, reached } from "./people-connection.ts";
import { aboutIn, nameIn, privacyIn } from "./profile-input.ts";
import { markMessages } from "./read-marks.ts";

export interface PeopleParts {
  readonly database: Pick<Database, "read">;
  readonly instances: Pick<Instances, "get" | "connection">;
  readonly download: Outbound["download"];
  /** What was read is unread no more. */
  readonly recordRead: (instanceId: InstanceId, read: ReadElsewhere) => Promise<void>;
}

export function createPeopleRoom({
  database,
  instances,
  download,
  recordRead,
}: PeopleParts): People {
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
      const id = instanceId as InstanceId;
      const marked = await markMessages(database, connection, {
        instanceId: id,
        chat: address,
        ids,
        mark,
      });
      const { messageIds } = marked;
      if (mark === "READ" && messageIds.length > 0) {
        await recordRead(id, { chat: address.id, ids: messageIds, at: new Date() });
      }
      return marked;
    },
    async rejectCall(instanceId, callId) {
      const connection = await at(instanceId);
      return connection.rejectCall(callId);
    },
    async picture(instanceId, contact, isPreview) {
      const connection = await at(instanceId);
      const { id } = await addressAt(connection, contact, "CHAT");
      return connection.picture(id, isPreview);
    },
    async about(instanceId, contact) {
      const connection = await at(instanceId);
      const { id } = await addressAt(connection, contact, "CONTACT");
      return connection.about(id);
    },
    async setAbout(instanceId, text) {
      const about = aboutIn(text);
      const connection = await at(instanceId);
      await connection.setAbout(about);
    },
    async setName(instanceId, text) {
      const name = nameIn(text);
      const { appState } = await connected(instances, instanceId);
      await appState.change({ kind: "OWN_NAME", name });
      return name;
    },
    async setPicture(instanceId, source) {
      // First whether there is somebody to show it: a file may be large and far away.
      await at(instanceId);
      const jpeg = source && (await pictureOf(source, download));
      const connection = await at(instanceId);
      await connection.setPicture(jpeg);
    },
    async blocked(instanceId) {
      const connection = await at(instanceId);
      return connection.blocked();
    },
    async block(instanceId, contact, isBlocked) {
      const connection = await at(instanceId);
      const address = await addressAt(connection, contact, "CONTACT");
      await connection.block(address, isBlocked);
      return address;
    },
    async businessProfile(instanceId, contact) {
      const connection = await at(instanceId);
      const { id, pn } = await addressAt(connection, contact, "CONTACT");
      return connection.businessProfile(pn ?? id);
    },
    async setBusinessProfile(instanceId, given) {
      const change = businessChangeIn(given);
      const connection = await at(instanceId);
      await connection.setBusinessProfile(change);
    },
    async catalog(instanceId, contact, first, after) {
      const size = catalogPageIn(first);
      const connection = await at(instanceId);
      const { id, pn } = await addressAt(connection, contact, "CONTACT");
      return connection.catalog(pn ?? id, size, after);
    },
    async privacy(instanceId) {
      const connection = await at(instanceId);
      return connection.privacy();
    },
    async changePrivacy(instanceId, change) {
      const settings = privacyIn(change);
      const connection = await at(instanceId);
      for (const [setting, audience] of settings) await connection.setPrivacy(setting, audience);
      return connection.privacy();
    },
  };
}
