/** The cookie by which a browser is known. */
export interface SessionCookie {
  /** What the `Cookie` header says; nothing where it names two: then one of them is not ours. */
  read(header: string | undefined): string | undefined;
  /** The `Set-Cookie` header; with no seconds left the browser forgets it. */
  write(value: string, seconds: number): string;
}

/**
 * Over https it has a name that no other page, on another name of the same site, can set
 * (`__Host-`, RFC 6265bis, section 4.1.3.2).
 * @param baseUrl how browsers reach the gateway, if the operator has said so
 */
export function sessionCookie(baseUrl: string | undefined): SessionCookie {
  const isSecure = baseUrl?.startsWith("https:") ?? false;
  const name = isSecure ? "__Host-wagraph_session" : "wagraph_session";
  const found = new RegExp(`(?:^|; *)${name}=([\\w-]{1,1000})(?=;|$)`, "g");
  return {
    read(header) {
      const values = Array.from((header ?? "").matchAll(found), ([, value]) => value);
      return values.length === 1 ? values[0] : undefined;
    },
    write(value, seconds) {
      const rules = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
      return `${name}=${value}; ${rules}${isSecure ? "; Secure" : ""}`;
    },
  };
}
