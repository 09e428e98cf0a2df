/** The attributes of a stanza, as they came. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** The names that were given, of one person. */
export function given(...names: readonly (string | null | undefined)[]): readonly string[] {
  return names.filter((name) => typeof name === "string" && name !== "") as string[];
}

/** The last that JavaScript can tell; what a stranger sends is no reason to store nothing. */
const LAST_SECOND = 8_640_000_000_000;

/** WhatsApp counts seconds. */
export function timeOf(seconds: string | undefined): Date {
  const time = Number(seconds);
  return time > 0 && time <= LAST_SECOND ? new Date(time * 1000) : new Date();
}

/** Who did it in a group, where WhatsApp says so. */
export function authorOf(attributes: Attributes): readonly string[] {
  return given(
    attributes["participant"],
    attributes["participant_pn"],
    attributes["participant_lid"],
  );
}
