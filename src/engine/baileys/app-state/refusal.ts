import { GatewayError } from "../../../domain/errors.ts";
import { refused } from "../asking/refusal.ts";

const SUBJECT = "what the account's devices agree on";

/** What WhatsApp refused of app state, as an error for the caller. What is no refusal is left as it is. */
export const refusalOf = (error: unknown): unknown => refused(error, SUBJECT);

/** A refusal inside of an answer. */
export function refusalWith({ code, text }: { readonly code: number; readonly text: string }) {
  return refusalOf(Object.assign(new Error(text), { data: code }));
}

export function conflict(): GatewayError {
  return new GatewayError(
    "CONFLICT",
    "WhatsApp refused the change, as other devices of the account changed the same at that moment. Try again.",
  );
}

export function keyless(): GatewayError {
  return new GatewayError(
    "UNAVAILABLE",
    "The account's phone has not handed over its keys to chat settings yet. It does so within a minute of linking; if it never does, link again.",
  );
}

export function unreadable(name: string): GatewayError {
  return new GatewayError(
    "UNAVAILABLE",
    `What the account's devices have agreed on (${name}) cannot be read in full here, so nothing is written on top of it. Try again; if it stays so, link again.`,
  );
}
