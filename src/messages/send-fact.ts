import type { SendFact } from "../instances/account-needs.ts";
import type { Restriction } from "../domain/instance.ts";
import type { SendError } from "../domain/message.ts";
import type { Claim } from "../store/ownership.ts";
import type { Outcome } from "./advance.ts";

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
        serverId: fact.serverId,
      };
    }
    case "receipt": {
      const { ids, status, at, chat, participant } = fact;
      return { instanceId, epoch, ids, status, at, chat, participant, error: null };
    }
  }
}

/** WhatsApp's code for an account that may not start conversations. */
const RESTRICTED = 463;

/** Error codes of WhatsApp's acks, as other clients have learnt them. */
const REJECTIONS: ReadonlyMap<number, string> = new Map([
  [
    RESTRICTED,
    "WhatsApp restricts this account: it may not start new conversations for now. Do not try again: each try counts against it.",
  ],
  [479, "WhatsApp refused the message as malformed."],
]);

/**
 * What an ack says about the account: refused with 463 it is restricted, and a message that passes
 * afterwards shows that the refusal is over. Pure.
 */
export function restrictionAfter(
  { error, at }: Extract<SendFact, { readonly kind: "ack" }>,
  known: Restriction | null,
): Restriction | null {
  if (error === null) return known?.kind === "SEND_REFUSED" ? null : known;
  if (error !== RESTRICTED || known !== null) return known;
  const { message, whatsappCode } = rejection(error);
  return { kind: "SEND_REFUSED", whatsappCode, message, since: at, until: null };
}

function rejection(whatsappCode: number): SendError {
  const message =
    REJECTIONS.get(whatsappCode) ?? `WhatsApp refused the message with code ${whatsappCode}.`;
  return { code: "SEND_REJECTED", message, whatsappCode };
}
