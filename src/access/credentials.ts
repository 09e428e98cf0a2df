/**
 * The key a caller sent: `Authorization: Bearer …` or `X-API-Key`. The fields are the headers of a
 * request or the payload of `connection_init`, whose writers do not agree on upper and lower case.
 * Any other scheme of `Authorization` belongs to a proxy in front of us and is passed over.
 */
export function credentialsIn(fields: Readonly<Record<string, unknown>>): string | undefined {
  let apiKey: string | undefined;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== "string") continue;
    const field = name.toLowerCase();
    if (field === "authorization") {
      const [, token] = /^Bearer +(\S+) *$/i.exec(value) ?? [];
      if (token !== undefined) return token;
    } else if (field === "x-api-key") apiKey = value.trim();
  }
  return apiKey;
}
