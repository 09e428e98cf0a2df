import { builder } from "../builder.ts";
import { CallType } from "../events/call.ts";
import { resultType } from "../result.ts";
import { ACCOUNT_ERRORS } from "./people-errors.ts";

const RejectCallResult = resultType("RejectCallResult", {
  description: "The call, REJECTED, or why it was not.",
  success: [CallType],
  errors: [...ACCOUNT_ERRORS, "CALL_NOT_FOUND"],
});

builder.mutationField("rejectCall", (t) =>
  t.field({
    authScopes: { may: "messages:send" },
    type: RejectCallResult.type,
    description:
      "Refuses a call that rings: the caller is told, and the account's phone stops to ring. The event `call` tells it to all.",
    args: {
      instanceId: t.arg.id({ required: true, description: "The account that is called." }),
      callId: t.arg.id({ required: true, description: "As the event `call` has told it." }),
    },
    resolve: (_, { instanceId, callId }, { people }) =>
      RejectCallResult.settle(() => people.rejectCall(instanceId, callId)),
  }),
);
