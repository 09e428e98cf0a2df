import { instant } from "./numbers.ts";

/** The attributes of a stanza, as they came. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** The names that were given, of one person. */
export function given(...names: readonly (string | null | undefined)[]): readonly string[] {
  return names.filter((name) => typeof name === "string" && name !== "") as string[];
}

/** When it was; now where nobody can tell: what a stranger sends is no reason to store nothing. */
export function timeOf(seconds: string | undefined): Date {
  return instant(seconds) ?? new Date();
}

/** Who did it in a group, where WhatsApp says so. */
export function authorOf(attributes: Attributes): readonly string[] {
  return given(
    attributes["participant"],
    attributes["participant_pn"],
    attributes["participant_lid"],
  );
}
