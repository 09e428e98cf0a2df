import type { SendFact } from "../instances/account.ts";
import type { SendError } from "../domain/message.ts";
import type { Claim } from "../store/ownership.ts";
import type { Outcome } from "./outcomes.ts";

/** What an ack or a receipt means for the messages it names. Pure. */
export function outcomeOf({ instanceId, epoch }: Claim, fact: SendFact): Outcome {
  switch (fact.kind) {
    case "ack": {
      const { at, error } = fact;
      const status = error === null ? "SERVER_ACK" : "FAILED";
      return {
        instanceId,
        epoch,
        ids: [fact.id],
        status,
        at,
        chat: null,
        participant: null,
        error: error === null ? null : rejection(error),
      };
    }
    case "receipt": {
      const { ids, status, at, chat, participant } = fact;
      return { instanceId, epoch, ids, status, at, chat, participant, error: null };
    }
  }
}

/** Error codes of WhatsApp's acks, as other clients have learnt them. */
const REJECTIONS: ReadonlyMap<number, string> = new Map([
  [
    463,
    "WhatsApp restricts this account: it may not start new conversations for now. Do not try again: each try counts against it.",
  ],
  [479, "WhatsApp refused the message as malformed."],
]);

function rejection(whatsappCode: number): SendError {
  const message =
    REJECTIONS.get(whatsappCode) ?? `WhatsApp refused the message with code ${whatsappCode}.`;
  return { code: "SEND_REJECTED", message, whatsappCode };
}
