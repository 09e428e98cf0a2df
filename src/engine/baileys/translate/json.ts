/** An object in JSON that WhatsApp has sent, of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** @returns undefined for what is no JSON */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

/** None of what is no object. */
export function fieldsOf(json: unknown): Fields {
  return typeof json === "object" && json !== null ? (json as Fields) : {};
}
