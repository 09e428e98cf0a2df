import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { RejectCallDocument } from "./generated/operations.ts";

export const callAlias = alias({
  method: "POST",
  path: "/instances/:id/calls/:callId/reject",
  summary: "Refuse a call that rings",
  document: RejectCallDocument,
  variables: ({ params: { id: instanceId, callId } }) => ({ instanceId, callId }),
  answer: ({ rejectCall }) =>
    settled(rejectCall, ({ id: callId, status, caller }) => ({
      status: 200,
      body: { callId, status, caller },
    })),
});
