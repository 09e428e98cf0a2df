import type { Deliverability } from "../../domain/instance.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

const DeliverabilityStateType = builder.enumType("DeliverabilityState", {
  description: "Whether messages get through to WhatsApp's server.",
  values: described<Deliverability["state"]>({
    UNKNOWN: "Nothing was sent since the gateway started.",
    WORKING: "The server has acknowledged what was sent last.",
    STALLED: "A message has waited for its acknowledgement for more than 30 seconds.",
  }),
});

export const DeliverabilityType = builder.objectRef<Deliverability>("Deliverability").implement({
  description: "Whether messages really get through, judged by the server's acknowledgements.",
  fields: (t) => ({
    state: t.expose("state", { type: DeliverabilityStateType, description: "In a word." }),
    lastAckAt: t.expose("lastAckAt", {
      type: "DateTime",
      nullable: true,
      description: "When the server last acknowledged a message.",
    }),
    waitingSince: t.expose("waitingSince", {
      type: "DateTime",
      nullable: true,
      description: "Since when the oldest message under way has waited for its acknowledgement.",
    }),
  }),
});
