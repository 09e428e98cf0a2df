import type { Contact } from "../../directory/chat.ts";
import { nameFields } from "../address.ts";
import { builder } from "../builder.ts";
import { listed, listedPage } from "../chats/chats.ts";

const ContactType = builder.objectRef<Contact>("Contact").implement({
  description:
    "Somebody whom an account knows: who wrote to it or in a group of it, or was written to by it.",
  fields: (t) => ({
    instanceId: t.exposeID("instanceId", { description: "Whose contact it is." }),
    pushName: t.exposeString("pushName", {
      nullable: true,
      description:
        "What they call themselves, as their messages tell it. It proves nothing. Null while they have not written.",
    }),
    lastSeenAt: t.expose("lastSeenAt", {
      type: "DateTime",
      nullable: true,
      description: "When they wrote the latest message that is kept.",
    }),
  }),
});

nameFields(ContactType);

const ContactConnection = builder.connectionObject(
  { type: ContactType, name: "ContactConnection", description: "A page of contacts." },
  { name: "ContactEdge", description: "A contact on a page." },
);

builder.queryField("contacts", (t) =>
  t.field({
    authScopes: { may: "contacts" },
    type: ContactConnection,
    description:
      "The people whom an instance knows, by name; first those whose name nobody knows, by number.",
    args: {
      instanceId: t.arg.id({ required: true }),
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "Only contacts that stand behind this cursor." }),
      last: t.arg.int({ description: "How many of the end of the list: 200 at most." }),
      before: t.arg.string({ description: "Only contacts that stand before this cursor." }),
      search: t.arg.string({
        description:
          "A part of the name, whatever its accents and case, or of the number. 100 characters at most.",
      }),
    },
    resolve: async (_, { instanceId, search, ...page }, { instances, chats }) => {
      const { id } = await instances.get(instanceId);
      const found = await chats.contacts({
        instanceId: id,
        search: search ?? null,
        ...listed(page),
      });
      return listedPage(found, page);
    },
  }),
);
