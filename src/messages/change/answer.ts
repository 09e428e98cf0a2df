import { GatewayError } from "../../domain/errors.ts";
import type { Sealed } from "../../domain/outgoing.ts";
import type { Database } from "../../store/database.ts";
import type { StoredMessage } from "../messages.ts";

/** As many as WhatsApp's phones let one bring along, and some more. */
const MAX_GUESTS = 100;

/** @throws GatewayError BAD_INPUT */
export function checkVote(
  options: readonly string[],
  { message: { id, details } }: StoredMessage,
): readonly string[] {
  if (details?.kind !== "POLL") throw bad(id, "Only in a poll one can vote.");
  const { poll } = details;
  const chosen = [...new Set(options)];
  const unknown = chosen.find((option) => !poll.options.includes(option));
  if (unknown !== undefined) {
    throw bad(id, `"${unknown.slice(0, 100)}" is no answer of this poll.`);
  }
  const most = poll.selectableCount ?? poll.options.length;
  if (chosen.length > most) throw bad(id, `This poll lets one choose ${most} at most.`);
  return chosen;
}

/** @throws GatewayError BAD_INPUT */
export function checkResponse(
  extraGuests: number | null | undefined,
  { message: { id, details } }: StoredMessage,
): number {
  if (details?.kind !== "EVENT") throw bad(id, "Only an event can be answered so.");
  if (details.appointment.isCancelled) throw bad(id, "The event was called off.");
  const guests = extraGuests ?? 0;
  if (guests >= 0 && guests <= MAX_GUESTS) return guests;
  throw bad(id, `extraGuests goes from 0 to ${MAX_GUESTS}.`);
}

/** @throws GatewayError BAD_INPUT for what has not left yet */
export async function readAsked(
  { read }: Database,
  { uid, message }: StoredMessage,
): Promise<Sealed["asked"]> {
  const row = await read.message.findUnique({ where: { uid }, select: { raw: true } });
  if (!row?.raw) throw bad(message.id, "The message has not left yet. Answer it when it has.");
  const { id, pn, lid } = message.sender;
  return { author: { id, pn, lid }, raw: Buffer.from(row.raw).toString("base64") };
}

function bad(messageId: string, message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message, { messageId });
}
