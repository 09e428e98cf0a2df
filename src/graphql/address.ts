import type { ObjectRef } from "@pothos/core";
import type { Address } from "../domain/address.ts";
import type { Sender } from "../domain/message.ts";
import type { SchemaTypes } from "./builder.ts";
import { builder } from "./builder.ts";

export const ChatType = builder.objectRef<Address>("ChatAddress").implement({
  description: "Which chat: a person's, a group's or a channel's.",
});

export const SenderType = builder.objectRef<Sender>("Sender").implement({
  description: "Who wrote a message.",
  fields: (t) => ({
    name: t.exposeString("name", {
      nullable: true,
      description: "The name they chose for themselves. It proves nothing.",
    }),
  }),
});

export const ParticipantType = builder.objectRef<Address>("Participant").implement({
  description: "A person in a group.",
});

/** Everyone has the same three names, whatever else is known of them. */
export function nameFields(type: ObjectRef<SchemaTypes, Address>): void {
  builder.objectFields(type, (t) => ({
    id: t.exposeID("id", {
      description: "The JID to compare by and to send to: the LID where it is known.",
    }),
    pn: t.exposeID("pn", {
      nullable: true,
      description: "The JID by phone number, `5511999999999@s.whatsapp.net`, where it is known.",
    }),
    lid: t.exposeID("lid", {
      nullable: true,
      description: "The JID that hides the phone number, `…@lid`, where it is known.",
    }),
  }));
}

nameFields(ChatType);
nameFields(SenderType);
nameFields(ParticipantType);
