import type { Call, CallStatus } from "../../domain/call.ts";
import { ChatType, ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

const CallStatusType = builder.enumType("CallStatus", {
  description: "What became of a call.",
  values: described<CallStatus>({
    OFFERED: "It rings.",
    ACCEPTED: "It was taken, on the phone or on another linked device.",
    REJECTED: "It was refused, on the phone or on another linked device.",
    TIMED_OUT: "Nobody took it.",
    ENDED: "It is over: the caller has hung up, before or after it was taken.",
  }),
});

export const CallType = builder.objectRef<Call>("Call").implement({
  description:
    "Somebody calls the account. Its phone rings; the gateway can tell of it and hears nothing.",
  fields: (t) => ({
    id: t.exposeID("id", {
      description: "WhatsApp's id of the call, the same from the first ring to the end.",
    }),
    chat: t.expose("chat", { type: ChatType, description: "The chat it is a call in." }),
    caller: t.expose("caller", { type: ParticipantType, description: "Who calls." }),
    groupId: t.exposeID("groupId", {
      nullable: true,
      description: "The group that is called together, if it is one.",
    }),
    isVideo: t.exposeBoolean("isVideo", {
      nullable: true,
      description: "Whether it is a video call. Told with the offer, null afterwards.",
    }),
    status: t.expose("status", { type: CallStatusType, description: "What became of it." }),
  }),
});
