import type { ContactCheck } from "../../domain/contact-check.ts";
import { builder } from "../builder.ts";

const ContactCheckType = builder.objectRef<ContactCheck>("ContactCheck").implement({
  description: "Whether somebody has a number on WhatsApp.",
  fields: (t) => ({
    input: t.exposeString("input", { description: "The number as the caller wrote it." }),
    isNumber: t.exposeBoolean("isNumber", {
      description: "Whether it can be a phone number at all.",
    }),
    exists: t.boolean({
      description: "Whether somebody has it on WhatsApp.",
      resolve: ({ address }) => address !== null,
    }),
    id: t.id({
      nullable: true,
      description: "The JID to compare by and to send to. Null for nobody.",
      resolve: ({ address }) => address?.id ?? null,
    }),
    pn: t.id({
      nullable: true,
      description:
        "The JID by phone number. The number in it may be another variant than that which was asked for.",
      resolve: ({ address }) => address?.pn ?? null,
    }),
    lid: t.id({
      nullable: true,
      description: "The JID that hides the phone number, where WhatsApp says it.",
      resolve: ({ address }) => address?.lid ?? null,
    }),
  }),
});

builder.queryField("contactCheck", (t) =>
  t.field({
    authScopes: { may: "contacts" },
    type: [ContactCheckType],
    description:
      "Who has these numbers on WhatsApp, in the order of the numbers. WhatsApp's answer is kept for a day; that nobody has a number, for ten minutes.",
    args: {
      instanceId: t.arg.id({ required: true, description: "The account that asks." }),
      phones: t.arg.stringList({
        required: true,
        description: "From 1 to 1,000 numbers with country code, in any spelling.",
      }),
    },
    resolve: (_, { instanceId, phones }, { people }) => people.check(instanceId, phones),
  }),
);
