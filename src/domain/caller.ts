import { GatewayError } from "./errors.ts";
import type { InstanceId } from "./ids.ts";
import type { Scope } from "./scope.ts";

/** What a key is bound to beside what it may do; null for no bound. */
export interface Bounds {
  /** Addresses and networks. */
  readonly cidrs: readonly string[] | null;
  /** Operations. */
  readonly ratePerMinute: number | null;
  readonly expiresAt: Date | null;
}

export const UNBOUND: Bounds = { cidrs: null, ratePerMinute: null, expiresAt: null };

/** Who calls, and what they may do. */
export interface Caller {
  /** The name of the key, or of the machine itself where no key is set: for people. */
  readonly name: string;
  /** The public part of the key; null for the machine itself and for the key of the environment. */
  readonly keyId: string | null;
  /** Null for everything. */
  readonly scopes: ReadonlySet<Scope> | null;
  /** Null for all instances, those to come included. */
  readonly instances: ReadonlySet<InstanceId> | null;
  /** Where, how often and until when they may do it. */
  readonly bounds: Bounds;
  /** Aborted when the key is revoked or its time is over; what it has opened closes then. */
  readonly ended: AbortSignal;
}

export function mayDo({ scopes }: Caller, scope: Scope): boolean {
  return scopes === null || scopes.has(scope);
}

export function mayReach({ instances }: Caller, id: string | null): boolean {
  if (instances === null) return true;
  return id !== null && instances.has(id as InstanceId);
}

/** @throws GatewayError FORBIDDEN when the caller lacks one of them */
export function expectScopes(caller: Caller, scopes: readonly Scope[]): void {
  const missing = new Set(scopes.filter((scope) => !mayDo(caller, scope)));
  if (missing.size > 0) throw lacking(caller, [...missing]);
}

/** Says what a caller would have to be allowed to do. */
export function lacking({ name }: Caller, scopes: readonly Scope[]): GatewayError {
  const what = `the scope${scopes.length > 1 ? "s" : ""} ${scopes.join(", ")}`;
  return new GatewayError("FORBIDDEN", `The key "${name}" may not do this: it needs ${what}.`, {
    scope: scopes.join(" "),
  });
}
