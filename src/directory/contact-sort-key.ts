import { phoneOf } from "../domain/address.ts";
import type { Address } from "../domain/address.ts";

/** Characters that a name is sorted and searched by. WhatsApp's own names have 25 at most. */
const SORTED_LENGTH = 100;

/** A text as people compare it: accents and case do not matter. */
export function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** By which a person stands in lists: the name, or the number where none is known. */
export function sortKeyOf(person: Address & { readonly pushName: string | null }): string {
  const { id, pn, pushName } = person;
  return pushName ? folded(pushName).slice(0, SORTED_LENGTH) : phoneOf(pn ?? id);
}
