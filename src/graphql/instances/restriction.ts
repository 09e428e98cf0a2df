import type { Restriction } from "../../domain/instance.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

const RestrictionKindType = builder.enumType("RestrictionKind", {
  description: "What kind of thing WhatsApp does not let an account do.",
  values: described<Restriction["kind"]>({
    REACHOUT_TIMELOCK: "It may not start conversations with new people for a time.",
    MESSAGE_CAPPING: "It has used up its new conversations for a cycle.",
    SEND_REFUSED: "A send was refused with WhatsApp's code 463.",
  }),
});

export const RestrictionType = builder.objectRef<Restriction>("Restriction").implement({
  description:
    "Something WhatsApp does not let this account do for now. Nothing is retried by itself: each try counts against it.",
  fields: (t) => ({
    kind: t.expose("kind", { type: RestrictionKindType, description: "What it may not do." }),
    whatsappCode: t.exposeInt("whatsappCode", {
      nullable: true,
      description: "WhatsApp's code, where there was one.",
    }),
    explanation: t.string({
      description: "What it means and what to do.",
      resolve: ({ message }) => message,
    }),
    since: t.expose("since", { type: "DateTime", description: "Since when we know of it." }),
    until: t.expose("until", {
      type: "DateTime",
      nullable: true,
      description: "When WhatsApp says it ends. Null when it does not say.",
    }),
  }),
});
