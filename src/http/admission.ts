import type { IncomingMessage } from "node:http";
import type { Access, Admitted, Refused } from "../access/access.ts";
import { credentialsIn } from "../access/credentials.ts";
import { isSameOrigin } from "./guard.ts";
import { isPreflighted, PREFLIGHT_HEADER } from "./preflight.ts";
import { Refusal } from "./refusal.ts";
import type { SessionCookie } from "./session-cookie.ts";

/** A use of a key that the audit trail tells of. */
export interface KeyUse {
  readonly action: "authenticate" | "signIn";
  readonly keyId: string | null;
  /** The key's name, as far as it is known. */
  readonly actor: string;
  readonly address: string | null;
  /** `OK`, or the code of the error. */
  readonly result: "OK" | "UNAUTHENTICATED";
  readonly requestId: string;
}

/** A request that has not come in yet. */
export interface Knock {
  readonly request: IncomingMessage;
  readonly target: URL;
  readonly requestId: string;
}

export type OnKeyUse = (use: KeyUse) => void;

export interface Admission {
  /**
   * The caller of a request, by its headers or by what else they show (`connection_init`).
   * @throws Refusal 401; 403 for the session of a browser that another page makes use of
   */
  admit(knock: Knock, fields?: Readonly<Record<string, unknown>>): Admitted;
}

/** Methods that change nothing. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

export function createAdmission(
  access: Access,
  cookie: SessionCookie,
  onKeyUse: OnKeyUse,
): Admission {
  return {
    admit({ request, target, requestId }, fields = request.headers) {
      const { headers } = request;
      const address = request.socket.remoteAddress;
      const key = credentialsIn(fields);
      const session = cookie.read(headers.cookie);
      const found = access.authenticate({ key, session, address });
      if ("refused" in found) {
        // A caller who has shown nothing has tried nothing.
        if ((key ?? session) !== undefined) {
          const use = { action: "authenticate", result: "UNAUTHENTICATED" } as const;
          const { keyId, actor } = found;
          onKeyUse({ ...use, keyId, actor, address: address ?? null, requestId });
        }
        throw unauthenticated(found);
      }
      if (found.bySession) expectOwnPage(request, target);
      return found;
    },
  };
}

function unauthenticated({ refused }: Refused): Refusal {
  return new Refusal(401, "UNAUTHENTICATED", refused, { "www-authenticate": "Bearer" });
}

/**
 * A browser sends its cookie along with whatever a page makes it send. `SameSite=Strict` keeps pages of
 * other sites out; these rules keep out those of other origins on the same site, the allowed ones too: they
 * were allowed to call with a key of their own.
 */
function expectOwnPage({ method = "GET", headers }: IncomingMessage, target: URL): void {
  const { origin } = headers;
  if (origin !== undefined && !isSameOrigin(origin, target)) {
    throw new Refusal(403, "FORBIDDEN", "A page of another origin has to send a key of its own.");
  }
  if (SAFE.has(method) || isPreflighted(headers)) return;
  throw new Refusal(
    403,
    "FORBIDDEN",
    `Whoever is signed in by cookie sends the header ${PREFLIGHT_HEADER} with every change.`,
  );
}

/** Takes one of what a key may do in a minute. @returns whether there was one */
export function mayGoOn({ rate }: Admitted): boolean {
  return rate === null || rate.take();
}

/** The same where a request begins. @throws Refusal 429 */
export function takeTurn(admitted: Admitted): void {
  const { rate, caller } = admitted;
  if (mayGoOn(admitted) || rate === null) return;
  const { perMinute } = rate.allowance;
  const wait = Math.max(1, Math.ceil(60 / perMinute));
  throw new Refusal(
    429,
    "RATE_LIMITED",
    `The key "${caller.name}" may do ${perMinute} operations per minute. Wait ${wait} s.`,
    { ...Object.fromEntries(rateHeaders(rate)), "retry-after": String(wait) },
  );
}

/** The fields of the IETF's draft on rate limits (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateHeaders(rate: Admitted["rate"]): readonly (readonly [string, string])[] {
  if (rate === null) return [];
  const { perMinute, remaining, resetSeconds } = rate.allowance;
  return [
    ["ratelimit-policy", `"key";q=${perMinute};w=60`],
    ["ratelimit", `"key";r=${remaining};t=${resetSeconds}`],
  ];
}
