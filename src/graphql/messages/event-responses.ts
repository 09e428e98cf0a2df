import type { Response } from "../../messages/messages.ts";
import { SenderType } from "../address.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { AttendanceType } from "./attendance.ts";
import { EventMessage } from "./message-kinds.ts";

const AnswerType = builder.objectRef<Response>("EventAnswer").implement({
  description: "What somebody answers to an appointment.",
  fields: (t) => ({
    sender: t.expose("sender", { type: SenderType, description: "Who they are." }),
    fromMe: t.exposeBoolean("fromMe", { description: "Whether it is the account itself." }),
    attendance: t.expose("attendance", { type: AttendanceType, description: "Whether they come." }),
    extraGuests: t.exposeInt("extraGuests", { description: "How many they bring along." }),
    at: t.expose("at", { type: "DateTime", description: "When they said so." }),
  }),
});

const responsesOf = batched<Context, string, readonly Response[]>(({ messages }, uids) =>
  messages.responses(uids),
);

builder.objectField(EventMessage, "answers", (t) =>
  t.field({
    type: [AnswerType],
    description: "What people answer, one each, in the order of time. Empty inside events.",
    resolve: async ({ uid }, _, context) => (uid && (await responsesOf(context, uid))) || [],
  }),
);
