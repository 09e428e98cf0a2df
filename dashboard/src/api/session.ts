import { connectionBegins } from "./connection.ts";
import { createStore, useStore } from "./store.ts";

/** Who is signed in, as `GET /session` tells it. */
export interface SignedIn {
  readonly kind: "in";
  /** Whether the gateway asks for keys at all. */
  readonly keyed: boolean;
  /** Whether there are simulated phones to use: in the demo alone. */
  readonly simulator: boolean;
  readonly name: string;
  /** What may be done; all of it if null. */
  readonly scopes: readonly string[] | null;
}

export type Session =
  | SignedIn
  | { readonly kind: "unknown" }
  /** `wasIn`: somebody was, and the session or its key has ended. */
  | { readonly kind: "out"; readonly wasIn: boolean };

const session = createStore<Session>({ kind: "unknown" });

/** No page of another origin can send this: the gateway asks for it wherever a cookie says who calls. */
export const OWN_PAGE = { "GraphQL-Require-Preflight": "1" } as const;

export const useSession = (): Session => useStore(session);

/** @returns whether somebody is signed in. @throws TypeError while the gateway cannot be reached */
export async function checkSession(): Promise<boolean> {
  const answer = await fetch("/session", { headers: OWN_PAGE, cache: "no-store" });
  if (answer.status === 401 || answer.status === 403) {
    sessionEnded();
    return false;
  }
  if (!answer.ok) throw new TypeError(`The gateway answers ${answer.status}.`);
  const found = (await answer.json()) as Omit<SignedIn, "kind">;
  const known = session.get();
  if (known.kind !== "in" || known.name !== found.name) session.set({ kind: "in", ...found });
  return true;
}

export function sessionEnded(): void {
  const { kind } = session.get();
  if (kind !== "out") session.set({ kind: "out", wasIn: kind === "in" });
}

/** @returns what is wrong with the key, in the gateway's words. @throws TypeError when it cannot be reached */
export async function signIn(key: string): Promise<string | undefined> {
  const answer = await fetch("/session", {
    method: "POST",
    headers: { ...OWN_PAGE, Authorization: `Bearer ${key}` },
  });
  if (answer.ok) {
    connectionBegins();
    await checkSession();
    return undefined;
  }
  const { error } = (await answer.json()) as { readonly error: { readonly message: string } };
  return error.message;
}

export async function signOut(): Promise<void> {
  await fetch("/session", { method: "DELETE", headers: OWN_PAGE });
  session.set({ kind: "out", wasIn: false });
}

/** Whether the caller may do that. The gateway decides; this only keeps from offering what it would refuse. */
export function useMay(scope: string): boolean {
  const known = useSession();
  return known.kind === "in" && (known.scopes === null || known.scopes.includes(scope));
}
